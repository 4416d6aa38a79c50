using BrainTumorDicom.Classification.Model;
using BrainTumorDicom.Slices.Conversion;

namespace BrainTumorDicom.Classification.Tests.Model;

/// <summary>
/// A network that can be reasoned about: its logits are straight lines over the brightest pixel. From about 0.9 of the display
/// range a pixel is a glioma, from about 0.65 a meningioma, below it is none. Features: mean and brightest pixel.
/// </summary>
internal static class TinyModel
{
    public const int Size = 32;

    /// <summary>Writes the package.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="gateThreshold">Squared standardised distance accepted; features of means 0.3, 0.7 and variance 0.04.</param>
    /// <param name="rule">The rule, or the default.</param>
    public static ModelPackage Write(string folder, double gateThreshold = 9, SeriesRuleParameters? rule = null)
    {
        var manifest = Manifests.Small() with
        {
            Preprocessing = new PreprocessingParameters(Size),
            Rule = rule ?? new SeriesRuleParameters(),
            Gate = new FeatureGate([0.3f, 0.7f, 0.3f, 0.7f, 0.3f, 0.7f, 0.3f, 0.7f], [0.04f, 0.04f], gateThreshold),
        };
        return ModelPackage.Write(folder, manifest, Network());
    }

    public static byte[] Network(string attention = "attention")
    {
        using var writer = new OnnxWriter();
        return writer.Name("tiny")
            .Input("input", 1, Size, Size)
            .Constant("weight", [4, 1, 1, 1], 80, 20, 0, 0)
            .Constant("bias", [4], -67, -13, 0, -10)
            .Node("Conv", ["input", "weight", "bias"], "lines")
            .Node("GlobalMaxPool", ["lines"], "peaks")
            .Node("Flatten", ["peaks"], "logits")
            .Node("MaxPool", ["lines"], attention, ("kernel_shape", [4, 4]), ("strides", [4, 4]))
            .Node("GlobalAveragePool", ["input"], "mean")
            .Node("GlobalMaxPool", ["input"], "brightest")
            .Node("Concat", ["mean", "brightest"], "both", ("axis", [1]))
            .Node("Flatten", ["both"], "features")
            .Output("logits", 4)
            .Output(attention, 4, Size / 4, Size / 4)
            .Output("features", 2)
            .ToModel();
    }
}
