using System.Collections.Immutable;
using BrainTumorDicom.Classification.Execution;

namespace BrainTumorDicom.Training.Loop;

/// <summary>What a training is asked to do.</summary>
public sealed record TrainingOptions
{
    /// <summary>The main set: a folder of class folders.</summary>
    public required string Folder { get; init; }

    /// <summary>Further sets, of which an epoch shows at most a fifth of the main set's size.</summary>
    public ImmutableArray<string> Also { get; init; } = [];

    /// <summary>Table of leak groups of the main set, or <see langword="null"/>.</summary>
    public string? GroupsFile { get; init; }

    /// <summary>Synthetic heads of each class. Default 0.</summary>
    public int PhantomsPerClass { get; init; }

    /// <summary>A folder of series of whole heads without tumour, or <see langword="null"/>.</summary>
    public string? Volumes { get; init; }

    /// <summary>Sources or series of <see cref="Volumes"/> that training must not see.</summary>
    public ImmutableArray<string> HeldOutSources { get; init; } = [];

    /// <summary>A model whose attention says where the tumours are, so that they can be moved between slices; <see langword="null"/> to move none.</summary>
    public string? FirstModel { get; init; }

    /// <summary>Where the model package and the checkpoint go.</summary>
    public required string Output { get; init; }

    /// <summary>How often the main set is shown. Default 24.</summary>
    public int Epochs { get; init; } = 24;

    /// <summary>Rows and columns of the input; a multiple of 32. Default 128.</summary>
    public int Size { get; init; } = 128;

    /// <summary>Epochs at the beginning that show slices at three fifths of <see cref="Size"/>, in a third of the time. Default 0.</summary>
    public int SmallEpochs { get; init; }

    /// <summary>Slices a step. Default 32.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>Of the split, the first weights, the order and the augmentation. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Where the network runs. Default the CPU unless there is CUDA.</summary>
    public DeviceChoice Device { get; init; } = DeviceChoice.Auto;

    /// <summary>CPU threads; 0 for as many as there are processors.</summary>
    public int Threads { get; init; }

    /// <summary>Part of the slices of each class that is held out, by groups. Default 0.15.</summary>
    public double HeldOutFraction { get; init; } = 0.15;

    /// <summary>Goes on with the training that was stopped in <see cref="Output"/>.</summary>
    public bool Resume { get; init; }

    /// <summary>Peak learning rate. Default 2e-3.</summary>
    public double LearningRate { get; init; } = 2e-3;

    /// <summary>Weight decay of kernels and matrices. Default 0.05.</summary>
    public double WeightDecay { get; init; } = 0.05;

    /// <summary>Label smoothing. Default 0.05.</summary>
    public double LabelSmoothing { get; init; } = 0.05;

    /// <summary>Name of the model in its package. Default brain-tumor.</summary>
    public string Name { get; init; } = "brain-tumor";

    /// <summary>Version of the model in its package. Default 1.</summary>
    public string Version { get; init; } = "1";

    // A multiple of 32, as the network asks for.
    internal int SizeOf(int epoch) => epoch < SmallEpochs ? Math.Max(32, Size * 3 / 5 / 32 * 32) : Size;

    internal int ThreadsInUse => Threads > 0 ? Threads : Environment.ProcessorCount;

    /// <exception cref="TrainingException">A value is out of range.</exception>
    internal void Check()
    {
        foreach (var folder in Also.Prepend(Folder))
        {
            if (!Directory.Exists(folder))
            {
                throw new TrainingException($"The training set {folder} does not exist.");
            }
        }

        Require(Epochs is >= 1 and <= 10_000, "epochs", Epochs, "1 to 10000");
        Require(Size is >= 32 and <= 1024 && Size % 32 == 0, "size", Size, "a multiple of 32 from 32 to 1024");
        Require(SmallEpochs >= 0 && SmallEpochs <= Epochs, "small-epochs", SmallEpochs, "0 to the number of epochs");
        Require(Batch is >= 2 and <= 4096, "batch", Batch, "2 to 4096");
        Require(HeldOutFraction is > 0 and < 0.9, "held-out", HeldOutFraction, "above 0, below 0.9");
        Require(Threads is >= 0 and <= 1024, "threads", Threads, "0 to 1024");
        Require(PhantomsPerClass is >= 0 and <= 10_000, "phantoms", PhantomsPerClass, "0 to 10000");
    }

    private static void Require(bool holds, string name, object value, string allowed)
    {
        if (!holds)
        {
            throw new TrainingException(FormattableString.Invariant($"--{name} is {value}; allowed: {allowed}."));
        }
    }
}
