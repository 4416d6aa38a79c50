using System.Collections.Immutable;
using BrainTumorDicom.Classification.Execution;
using BrainTumorDicom.Slices.Conversion;
using BrainTumorDicom.Training.Data;
using BrainTumorDicom.Training.Networks;

namespace BrainTumorDicom.Training.Loop;

/// <summary>What a training is asked to do.</summary>
public sealed record TrainingOptions
{
    private readonly int? _size;

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

    /// <summary>The network, and what it starts from.</summary>
    public NetworkOptions Network { get; init; } = new();

    /// <summary>Rows and columns of the input. Default what the network was made for.</summary>
    public int Size { get => _size ?? NetworkRegistry.ByName(Network.Name).DefaultSize; init => _size = value; }

    /// <summary>Epochs at the beginning that show slices at three fifths of <see cref="Size"/>, in a third of the time. Default 0.</summary>
    public int SmallEpochs { get; init; }

    /// <summary>
    /// Epochs at the beginning that show the main set alone, as usual varied: what tumours look like is learned faster before
    /// strange styles, whole heads and moved tumours come. Default 0.
    /// </summary>
    public int PlainEpochs { get; init; }

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

    /// <summary>Part of the slices of each class that neither trains nor tests: it decides when to stop, and fits the temperature. By default 0, and 0.1 where a decision hangs on it.</summary>
    public double? ValidationFraction { get; init; }

    /// <summary>Learns only whether there is a tumour. The package can be evaluated and compared, not served.</summary>
    public bool Binary { get; init; }

    /// <summary>Local equalisation of the contrast, or <see langword="null"/>.</summary>
    public ClaheParameters? Clahe { get; init; }

    /// <summary>Whether the network reads values in [-1, 1] instead of [0, 1].</summary>
    public bool Symmetric { get; init; }

    /// <summary>Whether the model also looks at each slice's mirror image, at half the speed.</summary>
    public bool TestTimeFlips { get; init; }

    /// <summary>Learning rate, optimizer and the end of the training.</summary>
    public ScheduleOptions Schedule { get; init; } = new();

    /// <summary>Class weights, mixup, averaged weights.</summary>
    public RegularizationOptions Regularization { get; init; } = new();

    /// <summary>How slices are varied.</summary>
    public AugmentationOptions Augmentation { get; init; } = new();

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

    /// <summary>The validation slices in use, as a part.</summary>
    public double Validation => ValidationFraction ?? (Schedule.NeedsValidation ? 0.1 : 0);

    /// <summary>What is told apart.</summary>
    public ClassScheme Scheme => Binary ? ClassScheme.Binary : ClassScheme.Four;

    // Where tumours lie is known once they have been found; of mixed slices no place has one class.
    internal bool TrainsPlaces => FirstModel is not null && Regularization.Mixup == 0;

    // A multiple of 32, as the network asks for.
    internal int SizeOf(int epoch) => epoch < SmallEpochs ? Math.Max(32, Size * 3 / 5 / 32 * 32) : Size;

    internal int ThreadsInUse => Threads > 0 ? Threads : Environment.ProcessorCount;

    /// <summary>Checks the values against each other and their ranges.</summary>
    /// <exception cref="TrainingException">A value is out of range.</exception>
    public void Check()
    {
        foreach (var folder in Also.Prepend(Folder))
        {
            if (!Directory.Exists(folder))
            {
                throw new TrainingException($"The training set {folder} does not exist.");
            }
        }

        Require(Epochs is >= 1 and <= 10_000, "epochs", Epochs, "1 to 10000");
        Network.Check(Size);
        Require(SmallEpochs >= 0 && SmallEpochs <= Epochs, "small-epochs", SmallEpochs, "0 to the number of epochs");
        Require(PlainEpochs >= 0 && PlainEpochs <= Epochs, "plain-epochs", PlainEpochs, "0 to the number of epochs");
        Require(Batch is >= 2 and <= 4096, "batch", Batch, "2 to 4096");
        Require(HeldOutFraction is > 0 and < 0.9, "held-out", HeldOutFraction, "above 0, below 0.9");
        Require(Threads is >= 0 and <= 1024, "threads", Threads, "0 to 1024");
        Require(PhantomsPerClass is >= 0 and <= 10_000, "phantoms", PhantomsPerClass, "0 to 10000");
        Require(LearningRate is > 0 and <= 10, "learning-rate", LearningRate, "above 0, at most 10");
        Require(WeightDecay is >= 0 and <= 10, "weight-decay", WeightDecay, "0 to 10");
        Require(LabelSmoothing is >= 0 and < 1, "label-smoothing", LabelSmoothing, "from 0 to below 1");
        Require(Validation is >= 0 and < 0.9, "validation", Validation, "from 0 to below 0.9");
        Require(!Schedule.NeedsValidation || Validation > 0, "validation", Validation, "above 0 with --patience and --schedule plateau, which decide by it");
        Require(Clahe is not { ClipLimit: not (> 0 and <= 1000) }, "clahe", Clahe?.ClipLimit ?? 0, "above 0, at most 1000");
        Schedule.Check();
        Regularization.Check();
        Augmentation.Check();
    }

    internal static void Require(bool holds, string name, object value, string allowed)
    {
        if (!holds)
        {
            throw new TrainingException(FormattableString.Invariant($"--{name} is {value}; allowed: {allowed}."));
        }
    }
}
