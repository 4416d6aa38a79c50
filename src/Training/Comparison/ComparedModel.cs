using BrainTumorDicom.Classification.Model;
using BrainTumorDicom.Training.Evaluation;

namespace BrainTumorDicom.Training.Comparison;

/// <summary>One model of a comparison.</summary>
/// <param name="Package">The model.</param>
/// <param name="Evaluation">Its figures.</param>
/// <param name="Bytes">Size of model.onnx.</param>
/// <param name="AccuracyDifference">Its accuracy less that of the first model, on the same draws of groups.</param>
/// <param name="RecallDifference">The same of the mean recall.</param>
public sealed record ComparedModel(
    ModelPackage Package, DetailedEvaluation Evaluation, long Bytes, Interval AccuracyDifference, Interval RecallDifference)
{
    /// <summary>Name, version, and the folder that tells packages of one name apart.</summary>
    public string Name => $"{Package.Manifest.Name} {Package.Manifest.Version} ({Path.GetFileName(Path.TrimEndingDirectorySeparator(Package.Folder))})";
}
