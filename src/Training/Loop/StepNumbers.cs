namespace BrainTumorDicom.Training.Loop;

/// <summary>The factors of one step of the optimizer.</summary>
/// <param name="Rate">Learning rate over the bias correction of the momentum.</param>
/// <param name="RootFactor">Bias correction of the root of the variance.</param>
/// <param name="Decay">Part of the parameters that vanishes, apart from the gradient.</param>
/// <param name="CoupledDecay">Part of the parameters that is added to the gradient.</param>
/// <param name="AverageFraction">How far the averaged parameters move towards the new ones.</param>
internal readonly record struct StepNumbers(float Rate, float RootFactor, float Decay, float CoupledDecay, float AverageFraction);
