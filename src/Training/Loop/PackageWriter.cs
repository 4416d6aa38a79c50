using System.Globalization;
using BrainTumorDicom.Classification.Model;
using BrainTumorDicom.Slices.Conversion;

namespace BrainTumorDicom.Training.Loop;

/// <summary>Writes the model package of a training.</summary>
internal static class PackageWriter
{
    private const string Manufacturer = "BrainTumorDicom";
    private const string License = "Apache-2.0 (weights); the training data keep their own licences";

    private const string IntendedUse =
        "Research use only, not for diagnosis. Sorts brain MR slices into glioma, meningioma, pituitary tumour or none of these; \"notumor\" does not exclude other disease.";

    private const string BinaryUse =
        "Research use only, not for diagnosis. Tells brain MR slices with a glioma, meningioma or pituitary tumour from others; \"notumor\" does not exclude other disease. For evaluation and comparison, not for the service.";

    /// <summary>Writes model.onnx and model.json.</summary>
    public static ModelPackage Write(TrainingReport report, PreprocessingParameters preprocessing, byte[] model)
    {
        var options = report.Options;
        var manifest = new ModelManifest(
            options.Name,
            options.Version,
            Manufacturer,
            Sha256: "",
            options.Scheme.Labels,
            preprocessing,
            report.Evaluation.Temperature,
            new SeriesRuleParameters(),
            report.Evaluation.Gate,
            report.Evaluation.HeldOut,
            Describe(report),
            License,
            options.Binary ? BinaryUse : IntendedUse,
            options.TestTimeFlips);
        return ModelPackage.Write(options.Output, manifest, model);
    }

    private static string Describe(TrainingReport report) => string.Join("; ", report.Counts
        .GroupBy(count => count.Origin)
        .Select(origin => string.Create(
            CultureInfo.InvariantCulture,
            $"{ModelCard.NameOf(origin.Key, report.Options)}: {origin.Sum(count => count.Train)} slices trained on, {origin.Sum(count => count.HeldOut)} held out")));
}
