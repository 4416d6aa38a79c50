using BrainTumorDicom.Classification.Model;
using BrainTumorDicom.Training.Data;

namespace BrainTumorDicom.Training.Evaluation;

/// <summary>The last evaluation of a training.</summary>
/// <param name="HeldOut">On held-out slices of the main set.</param>
/// <param name="HeldOutAlso">On held-out slices of further sets; count 0 when there are none.</param>
/// <param name="HeldOutPhantoms">On held-out phantoms; count 0 when there are none.</param>
/// <param name="Train">On the slices trained on, without augmentation.</param>
/// <param name="UncalibratedError">Expected calibration error before the temperature.</param>
/// <param name="Temperature">Fitted on the validation slices of the main set, or on the held-out ones where there are none.</param>
/// <param name="Gate">The input gate.</param>
/// <param name="Collapsed">Whether one class is answered for everything.</param>
public sealed record ModelEvaluation(
    EvaluationFigures HeldOut,
    EvaluationFigures HeldOutAlso,
    EvaluationFigures HeldOutPhantoms,
    EvaluationFigures Train,
    double UncalibratedError,
    double Temperature,
    FeatureGate Gate,
    bool Collapsed)
{
    /// <summary>Evaluates an exported model on both sides of a split.</summary>
    /// <param name="runner">The model.</param>
    /// <param name="split">Trained on and held out.</param>
    /// <param name="styled">Views of heads in other styles, which the gate must let through as well.</param>
    /// <param name="nonHeads">Pictures that the gate must refuse.</param>
    /// <param name="scheme">What is told apart.</param>
    internal static ModelEvaluation Of(ModelRunner runner, GroupSplit split, IReadOnlyList<Sample> styled, IReadOnlyList<Sample> nonHeads, ClassScheme scheme)
    {
        var train = runner.Run(split.Train, CancellationToken.None);
        var all = runner.Run(split.HeldOut, CancellationToken.None);
        var heldOut = all.Where(i => split.HeldOut[i].Origin == SampleOrigin.Main);
        var validation = runner.Run(split.Validation, CancellationToken.None);
        var calibrating = split.Validation.IsEmpty ? heldOut : validation.Where(i => split.Validation[i].Origin == SampleOrigin.Main);
        var temperature = Evaluation.Temperature.Fit(calibrating);
        return new ModelEvaluation(
            Figures.Of(heldOut, scheme.Count, temperature),
            Figures.Of(all.Where(i => split.HeldOut[i].Origin == SampleOrigin.Also), scheme.Count, temperature),
            Figures.Of(all.Where(i => split.HeldOut[i].Origin == SampleOrigin.Phantom), scheme.Count, temperature),
            Figures.Of(train, scheme.Count, temperature),
            Figures.CalibrationError(heldOut, temperature: 1),
            temperature,
            GateStatistics.Fit(
                train.Where(i => split.Train[i].IsWithinHead).With(runner.Run(styled, CancellationToken.None)),
                split.Validation.IsEmpty ? all : validation,
                runner.Run(nonHeads, CancellationToken.None),
                scheme.Count),
            Enumerable.Range(0, heldOut.Count).Select(heldOut.AnswerOf).Distinct().Count() < 2);
    }
}
