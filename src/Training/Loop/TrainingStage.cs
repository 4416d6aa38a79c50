namespace BrainTumorDicom.Training.Loop;

/// <summary>What a training is doing.</summary>
public enum TrainingStage
{
    /// <summary>Reading and converting the slices.</summary>
    Reading,

    /// <summary>Weights were taken from a file.</summary>
    Weights,

    /// <summary>Steps of an epoch.</summary>
    Training,

    /// <summary>An epoch is done and was evaluated.</summary>
    Epoch,

    /// <summary>The last evaluation, calibration and writing of the package.</summary>
    Finishing,
}
