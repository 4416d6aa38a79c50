using System.CommandLine;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Slices.Conversion;
using BrainTumorDicom.Training.Loop;

namespace BrainTumorDicom.Cli;

/// <summary>The finer options of a training, which <c>train</c> and <c>tune</c> share.</summary>
internal static class TrainSettings
{
    private static readonly Option<double> LearningRate = new("--learning-rate") { Description = "Peak learning rate", DefaultValueFactory = _ => 2e-3 };
    private static readonly Option<double> WeightDecay = new("--weight-decay") { Description = "Weight decay", DefaultValueFactory = _ => 0.05 };
    private static readonly Option<OptimizerKind> Optimizer = new("--optimizer") { Description = "adamw or adam" };
    private static readonly Option<ScheduleKind> Schedule = new("--schedule") { Description = "onecycle, plateau (lower when the validation loss no longer falls) or constant" };
    private static readonly Option<int> PlateauPatience = new("--plateau-patience") { Description = "Epochs without a smaller loss that --schedule plateau waits", DefaultValueFactory = _ => 3 };
    private static readonly Option<double> PlateauFactor = new("--plateau-factor") { Description = "What it then multiplies the learning rate by", DefaultValueFactory = _ => 0.5 };
    private static readonly Option<int> Patience = new("--patience") { Description = "Stop after so many epochs without a smaller validation loss, with the best weights; 0 for never" };
    private static readonly Option<double?> Validation = new("--validation") { Description = "Part of the slices of each class that steers the training, besides --held-out. Default 0; 0.1 with --patience or --schedule plateau" };
    private static readonly Option<bool> EvenWeights = new("--no-class-weights") { Description = "Every slice counts the same in the loss, not every class" };
    private static readonly Option<double> Smoothing = new("--label-smoothing") { Description = "Part of each label spread over all classes", DefaultValueFactory = _ => 0.05 };
    private static readonly Option<double> Mixup = new("--mixup") { Description = "Mix slices and labels; parameter of the Beta distribution, such as 0.2" };
    private static readonly Option<double> Average = new("--ema") { Description = "Moving average of the weights: part kept a step; 0 for none", DefaultValueFactory = _ => 0.998 };
    private static readonly Option<AugmentationLevel> Augment = new("--augment") { Description = "none, light, standard or strong", DefaultValueFactory = _ => AugmentationLevel.Standard };
    private static readonly Option<string[]> AugmentClass = new("--augment-class") { Description = "A class whose slices are varied half as strongly again (zoom, noise), such as meningioma; may be repeated" };
    private static readonly Option<double?> Rotation = new("--rotation") { Description = "Largest rotation to either side in degrees" };
    private static readonly Option<double?> ScaleFrom = new("--scale-from") { Description = "Smallest magnification of the random crop" };
    private static readonly Option<double?> ScaleTo = new("--scale-to") { Description = "Largest magnification of the random crop" };
    private static readonly Option<double?> Shift = new("--shift") { Description = "Largest shift, as a part of the side" };
    private static readonly Option<bool?> Jitter = new("--jitter") { Description = "Whether gamma, brightness and contrast vary: true or false" };
    private static readonly Option<bool> Clahe = new("--clahe") { Description = "Equalise contrast locally (clip limit 2, 8 x 8 tiles), in service too" };
    private static readonly Option<double> ClaheClip = new("--clahe-clip") { Description = "Clip limit of --clahe", DefaultValueFactory = _ => 2 };
    private static readonly Option<bool> Symmetric = new("--symmetric") { Description = "The network reads [-1, 1] instead of [0, 1]" };
    private static readonly Option<bool> Binary = new("--binary") { Description = "Learn only whether there is a tumour: to evaluate and compare, not to serve" };
    private static readonly Option<bool> Flips = new("--flips") { Description = "The model also looks at each slice's mirror image, at half the speed" };

    /// <summary>All of them.</summary>
    public static IEnumerable<Option> All =>
    [
        LearningRate, WeightDecay, Optimizer, Schedule, PlateauPatience, PlateauFactor, Patience, Validation, EvenWeights, Smoothing, Mixup, Average,
        Augment, AugmentClass, Rotation, ScaleFrom, ScaleTo, Shift, Jitter, Clahe, ClaheClip, Symmetric, Binary, Flips,
    ];

    static TrainSettings()
    {
        AugmentClass.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !TumorClasses.TryParse(token.Value, out _)))
            {
                result.AddError($"--augment-class {token.Value}: give one of {string.Join(", ", TumorClasses.Labels)}.");
            }
        });
    }

    /// <summary>Puts what was given into <paramref name="options"/>.</summary>
    public static TrainingOptions Apply(TrainingOptions options, ParseResult parsed) => options with
    {
        LearningRate = parsed.GetValue(LearningRate),
        WeightDecay = parsed.GetValue(WeightDecay),
        LabelSmoothing = parsed.GetValue(Smoothing),
        ValidationFraction = parsed.GetValue(Validation),
        Binary = parsed.GetValue(Binary),
        Clahe = parsed.GetValue(Clahe) ? new ClaheParameters(parsed.GetValue(ClaheClip)) : null,
        Symmetric = parsed.GetValue(Symmetric),
        TestTimeFlips = parsed.GetValue(Flips),
        Schedule = new ScheduleOptions
        {
            Kind = parsed.GetValue(Schedule),
            PlateauPatience = parsed.GetValue(PlateauPatience),
            PlateauFactor = parsed.GetValue(PlateauFactor),
            Patience = parsed.GetValue(Patience),
            Optimizer = parsed.GetValue(Optimizer),
        },
        Regularization = new RegularizationOptions
        {
            ClassWeights = !parsed.GetValue(EvenWeights),
            Mixup = parsed.GetValue(Mixup),
            AverageDecay = parsed.GetValue(Average),
        },
        Augmentation = new AugmentationOptions
        {
            Level = parsed.GetValue(Augment),
            StrongerClasses = [.. (parsed.GetValue(AugmentClass) ?? []).Select(label => TumorClasses.TryParse(label, out var value) ? value : default).Distinct().Order()],
            Rotation = parsed.GetValue(Rotation),
            SmallestScale = parsed.GetValue(ScaleFrom),
            LargestScale = parsed.GetValue(ScaleTo),
            Shift = parsed.GetValue(Shift),
            Jitter = parsed.GetValue(Jitter),
        },
    };
}
