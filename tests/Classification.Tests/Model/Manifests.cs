using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Classification.Model;
using BrainTumorDicom.Slices.Conversion;

namespace BrainTumorDicom.Classification.Tests.Model;

/// <summary>Manifests for tests.</summary>
internal static class Manifests
{
    /// <summary>A valid one with two features.</summary>
    public static ModelManifest Small() => new(
        "test model",
        "1",
        "nobody",
        new string('0', 64),
        TumorClasses.Labels,
        new PreprocessingParameters(Size: 32),
        Temperature: 1,
        new SeriesRuleParameters(),
        new FeatureGate([0, 0, 0, 0, 0, 0, 0, 0], [1, 1], 9),
        new EvaluationFigures(4, 1, [1, 1, 1, 1], [1, 1, 1, 1], 0, [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]),
        "synthetic",
        "Apache-2.0",
        "tests");
}
