using System.Collections.Immutable;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Dicom;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Dicom.Pixels;
using BrainTumorDicom.Slices.Conversion;
using BrainTumorDicom.Slices.Frames;

namespace BrainTumorDicom.Reports.Pictures;

/// <summary>Reads the key slices of a finding for their pictures.</summary>
public static class KeyImages
{
    /// <summary>Reads them. One that cannot be read any more has no picture; the report goes out without it.</summary>
    /// <param name="finding">Whose <see cref="KeySlices"/>.</param>
    /// <param name="open">Reads an instance by its SOP Instance UID; may throw what files and damaged data sets throw, or know nothing of it.</param>
    public static ImmutableArray<KeyImage> Read(Finding finding, Func<string, DicomFile?> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        var images = ImmutableArray.CreateBuilder<KeyImage>();
        (string Uid, DicomFile? File) last = ("", null);
        var rank = 0;
        foreach (var slice in KeySlices.Of(finding))
        {
            rank++;
            try
            {
                // Frames of one instance come one after the other.
                last = last.Uid == slice.SopInstanceUid ? last : (slice.SopInstanceUid, open(slice.SopInstanceUid));
                if (last.File is { } file)
                {
                    images.Add(Read(slice, rank, file));
                }
            }
            catch (Exception error) when (error is DicomException or IOException or InvalidDataException or ArgumentException)
            {
                // It was read once, for the analysis: the journal has a word on what happened since.
                last = ("", null);
            }
        }

        return images.ToImmutable();
    }

    private static KeyImage Read(SliceFinding slice, int rank, DicomFile file)
    {
        var frame = (slice.FrameNumber ?? 1) - 1;
        var attributes = FrameAttributes.Read(file.Dataset, FunctionalGroups.Of(file.Dataset, frame));
        return new KeyImage(slice, rank, file.Dataset, attributes, DicomSlices.Read(file, PixelFrames.Open(file), frame));
    }
}
