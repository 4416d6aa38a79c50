namespace BrainTumorDicom.Training.Loop;

/// <summary>What keeps a network from learning its slices by heart, besides augmentation and weight decay.</summary>
public sealed record RegularizationOptions
{
    /// <summary>Whether every class has the same part in the loss, however many slices it has. Default yes.</summary>
    public bool ClassWeights { get; init; } = true;

    /// <summary>Mixup (Zhang et al., 2018): parameter of the Beta distribution that pairs of slices are mixed by; 0 for none. Default 0.</summary>
    public double Mixup { get; init; }

    /// <summary>Moving average of the weights: the part of the old average kept a step; 0 for none. Default 0.998.</summary>
    public double AverageDecay { get; init; } = 0.998;

    internal void Check()
    {
        TrainingOptions.Require(Mixup is >= 0 and <= 10, "mixup", Mixup, "0 to 10");
        TrainingOptions.Require(AverageDecay is >= 0 and < 1, "ema", AverageDecay, "from 0 to below 1");
    }
}
