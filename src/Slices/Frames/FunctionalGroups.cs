using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Slices.Frames;

/// <summary>The functional groups of one frame of a multi-frame image (PS3.3 §C.7.6.16); empty for a single-frame one.</summary>
/// <param name="PerFrame">The frame's own groups.</param>
/// <param name="Shared">The groups of all frames.</param>
public readonly record struct FunctionalGroups(DicomDataset? PerFrame, DicomDataset? Shared)
{
    /// <summary>The groups of <paramref name="frame"/>, from 0.</summary>
    public static FunctionalGroups Of(DicomDataset dataset, int frame)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        var perFrame = dataset.GetSequence(DicomTag.PerFrameFunctionalGroupsSequence);
        var shared = dataset.GetSequence(DicomTag.SharedFunctionalGroupsSequence);
        return new FunctionalGroups(frame < perFrame.Count ? perFrame[frame] : null, shared.Count > 0 ? shared[0] : null);
    }

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => PerFrame is null && Shared is null;

    /// <summary>The macro's one item: the frame's own before the shared one. A group may stand in one of the two only (PS3.3 §C.7.6.16.1.1); where both have it, the frame knows better.</summary>
    public DicomDataset? Find(DicomTag macro) => FindAll(macro) is [var item, ..] ? item : null;

    /// <summary>The macro's items, where it may have several.</summary>
    public IReadOnlyList<DicomDataset> FindAll(DicomTag macro) =>
        PerFrame?.GetSequence(macro) is { Count: > 0 } own ? own : Shared?.GetSequence(macro) ?? [];
}
