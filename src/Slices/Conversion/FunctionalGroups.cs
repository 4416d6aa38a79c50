using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Slices.Conversion;

/// <summary>The functional groups of one frame of a multi-frame image (PS3.3 §C.7.6.16); empty for a single-frame one.</summary>
/// <param name="PerFrame">The frame's own groups.</param>
/// <param name="Shared">The groups of all frames.</param>
internal readonly record struct FunctionalGroups(DicomDataset? PerFrame, DicomDataset? Shared)
{
    /// <summary>The groups of <paramref name="frame"/>, from 0.</summary>
    public static FunctionalGroups Of(DicomDataset dataset, int frame)
    {
        var perFrame = dataset.GetSequence(DicomTag.PerFrameFunctionalGroupsSequence);
        var shared = dataset.GetSequence(DicomTag.SharedFunctionalGroupsSequence);
        return new FunctionalGroups(frame < perFrame.Count ? perFrame[frame] : null, shared.Count > 0 ? shared[0] : null);
    }

    /// <summary>The macro's one item: the frame's own before the shared one.</summary>
    public DicomDataset? Find(DicomTag macro) =>
        PerFrame?.GetSequence(macro) is [var own, ..] ? own
        : Shared?.GetSequence(macro) is [var shared, ..] ? shared
        : null;
}
