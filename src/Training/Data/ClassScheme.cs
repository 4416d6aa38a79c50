using System.Collections.Immutable;
using BrainTumorDicom.Classification.Findings;

namespace BrainTumorDicom.Training.Data;

/// <summary>What a network tells apart: the four classes, or only whether there is one of the tumours.</summary>
/// <param name="Labels">The names of its outputs, in order.</param>
public sealed record ClassScheme(ImmutableArray<string> Labels)
{
    /// <summary>glioma, meningioma, notumor, pituitary.</summary>
    public static ClassScheme Four { get; } = new(TumorClasses.Labels);

    /// <summary>notumor, tumor.</summary>
    public static ClassScheme Binary { get; } = new(TumorClasses.BinaryLabels);

    /// <summary>How many classes.</summary>
    public int Count => Labels.Length;

    /// <summary>Whether it is tumour or none.</summary>
    public bool IsBinary => Count == 2;

    /// <summary>The output that stands for no tumour.</summary>
    public int NoTumor => IndexOf(TumorClass.NoTumor);

    /// <summary>The scheme of a package's labels.</summary>
    public static ClassScheme Of(ImmutableArray<string> labels) => labels.Length == Binary.Count ? Binary : Four;

    /// <summary>The output that stands for <paramref name="label"/>.</summary>
    public int IndexOf(TumorClass label) => !IsBinary ? (int)label : label == TumorClass.NoTumor ? 0 : 1;
}
