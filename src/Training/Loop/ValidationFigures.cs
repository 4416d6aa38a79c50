namespace BrainTumorDicom.Training.Loop;

/// <summary>How good a model is on the slices that its training was steered by.</summary>
/// <param name="Accuracy">Fraction right.</param>
/// <param name="BalancedAccuracy">Mean recall over the classes.</param>
/// <param name="Loss">Mean negative log-likelihood.</param>
public sealed record ValidationFigures(double Accuracy, double BalancedAccuracy, double Loss);
