using System.Collections.Immutable;
using BrainTumorDicom.Slices.Conversion;

namespace BrainTumorDicom.Classification.Model;

/// <summary>model.json: what the service must know of a model besides its weights. Written by training, read by the service.</summary>
/// <param name="Name">Algorithm name.</param>
/// <param name="Version">Algorithm version.</param>
/// <param name="Manufacturer">Who made it.</param>
/// <param name="Sha256">Lower-case hexadecimal SHA-256 of model.onnx.</param>
/// <param name="Labels">Class labels in the order of the outputs.</param>
/// <param name="Preprocessing">How stored pixels become the input.</param>
/// <param name="Temperature">Logits are divided by it before the softmax.</param>
/// <param name="Rule">How slices are folded into a series.</param>
/// <param name="Gate">What the training features look like, for the input gate.</param>
/// <param name="Evaluation">Figures on the held-out groups.</param>
/// <param name="TrainingData">What it was trained on, for people.</param>
/// <param name="License">Licence of the weights.</param>
/// <param name="IntendedUse">Intended use and limits, for people.</param>
/// <param name="TestTimeFlips">Whether each slice is also shown mirrored, and logits, attention and features averaged.</param>
public sealed record ModelManifest(
    string Name,
    string Version,
    string Manufacturer,
    string Sha256,
    ImmutableArray<string> Labels,
    PreprocessingParameters Preprocessing,
    double Temperature,
    SeriesRuleParameters Rule,
    FeatureGate Gate,
    EvaluationFigures Evaluation,
    string TrainingData,
    string License,
    string IntendedUse,
    bool TestTimeFlips = false);
