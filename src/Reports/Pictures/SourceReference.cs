using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Reports.Codes;
using BrainTumorDicom.Reports.StructuredReport;

namespace BrainTumorDicom.Reports.Pictures;

/// <summary>References to source slices as items of sequences.</summary>
internal static class SourceReference
{
    /// <summary>The instance alone (SOP Instance Reference Macro, PS3.3 Table 10-11).</summary>
    public static DicomDataset Of(SliceFinding slice)
    {
        var item = new DicomDataset();
        item.Set(DicomTag.ReferencedSOPClassUID, slice.SopClassUid);
        item.Set(DicomTag.ReferencedSOPInstanceUID, slice.SopInstanceUid);
        return item;
    }

    /// <summary>The slice with the frame of a multi-frame image, and what it was used for (Image SOP Instance Reference Macro, PS3.3 Table 10-3).</summary>
    public static DicomDataset Of(SliceFinding slice, Code purpose)
    {
        var item = Of(slice);
        if (slice.FrameNumber is { } frame)
        {
            item.Set(DicomTag.ReferencedFrameNumber, frame);
        }

        item.SetSequence(DicomTag.PurposeOfReferenceCodeSequence, ContentItemEncoder.Encode(purpose));
        return item;
    }
}
