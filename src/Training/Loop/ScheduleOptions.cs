namespace BrainTumorDicom.Training.Loop;

/// <summary>How fast, and how long, a training learns.</summary>
public sealed record ScheduleOptions
{
    /// <summary>How the learning rate moves. Default one cycle.</summary>
    public ScheduleKind Kind { get; init; }

    /// <summary>Epochs without a smaller validation loss after which <see cref="ScheduleKind.Plateau"/> reduces the rate. Default 3.</summary>
    public int PlateauPatience { get; init; } = 3;

    /// <summary>What the rate is then multiplied by. Default 0.5.</summary>
    public double PlateauFactor { get; init; } = 0.5;

    /// <summary>Epochs without a smaller validation loss after which the training ends, with the weights of the best epoch; 0 for never. Default 0.</summary>
    public int Patience { get; init; }

    /// <summary>Default AdamW.</summary>
    public OptimizerKind Optimizer { get; init; }

    /// <summary>Whether a decision of the training hangs on the validation slices.</summary>
    public bool NeedsValidation => Kind == ScheduleKind.Plateau || Patience > 0;

    internal void Check()
    {
        TrainingOptions.Require(PlateauPatience is >= 0 and <= 1000, "plateau-patience", PlateauPatience, "0 to 1000");
        TrainingOptions.Require(PlateauFactor is > 0 and < 1, "plateau-factor", PlateauFactor, "above 0, below 1");
        TrainingOptions.Require(Patience is >= 0 and <= 10_000, "patience", Patience, "0 to 10000");
    }
}
