using BrainTumorDicom.Slices.Conversion;
using BrainTumorDicom.Training.Data;

namespace BrainTumorDicom.Training.Evaluation;

/// <summary>Reads the slices that a model is evaluated on.</summary>
internal static class EvaluationSet
{
    /// <summary>Reads them; with <paramref name="heldOut"/> only those that a training with this seed and fraction held out.</summary>
    public static SampleSet Read(
        PreprocessingParameters preprocessing,
        string folder,
        string? groupsFile,
        (int Seed, double Fraction)? heldOut,
        IProgress<(int Done, int Total)>? progress,
        CancellationToken cancellationToken)
    {
        var loader = new SampleLoader(new SliceReader(preprocessing), Environment.ProcessorCount);
        loader.AddFolder(folder, heldOut is null ? SampleOrigin.Also : SampleOrigin.Main, groupsFile, progress, cancellationToken);
        var set = loader.Finish(cancellationToken);
        return heldOut is { } split ? set with { Samples = GroupSplit.Divide(set.Samples, split.Fraction, split.Seed).HeldOut } : set;
    }
}
