using System.Buffers;
using BrainTumorDicom.Dicom;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Dicom.Pixels;
using BrainTumorDicom.Slices.Frames;

namespace BrainTumorDicom.Slices.Conversion;

/// <summary>Reads frames of DICOM images as slices.</summary>
public static class DicomSlices
{
    /// <summary>Reads one frame: stored values through the Modality LUT, MONOCHROME1 negated.</summary>
    /// <remarks>
    /// The LUT is the Pixel Value Transformation of the functional groups, else the Modality LUT Sequence, else Rescale Slope and
    /// Intercept, else identity. Spacing is Pixel Spacing of Pixel Measures, else of the data set, else 1 mm (square pixels).
    /// Pixels of Pixel Padding Value (or within its range, PS3.3 §C.7.5.1.1.2) take the smallest value among the others.
    /// </remarks>
    /// <param name="file">The image.</param>
    /// <param name="frames">Its pixels.</param>
    /// <param name="frame">From 0.</param>
    /// <exception cref="DicomFormatException">Attributes or pixels are broken.</exception>
    public static SlicePixels Read(DicomFile file, PixelFrames frames, int frame)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(frames);

        var dataset = file.Dataset;
        var groups = FunctionalGroups.Of(dataset, frame);
        var count = frames.Rows * frames.Columns;
        var values = new float[count];
        var rented = ArrayPool<int>.Shared.Rent(count);
        var stored = rented.AsSpan(0, count);
        try
        {
            frames.ReadStored(frame, stored);
            ReplacePadding(dataset, frames.IsSigned, stored);
            ModalityLut.Read(dataset, groups, frames.IsSigned).Apply(stored, values);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(rented);
        }

        if (frames.IsMonochrome1)
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = -values[i];
            }
        }

        var spacing = (groups.Find(DicomTag.PixelMeasuresSequence) ?? dataset).GetDoubles(DicomTag.PixelSpacing);
        return spacing.Count >= 2 && SlicePixels.IsSpacing(spacing[0]) && SlicePixels.IsSpacing(spacing[1])
            ? new SlicePixels(values, frames.Rows, frames.Columns, spacing[0], spacing[1])
            : new SlicePixels(values, frames.Rows, frames.Columns);
    }

    private static void ReplacePadding(DicomDataset dataset, bool isSigned, Span<int> stored)
    {
        if (dataset.GetInt32(DicomTag.PixelPaddingValue) is not { } value)
        {
            return;
        }

        var limit = dataset.GetInt32(DicomTag.PixelPaddingRangeLimit) ?? value;

        // Sent as US or SS, whichever: only the sixteen bits count.
        (value, limit) = isSigned ? ((short)value, (short)limit) : (value & 0xFFFF, limit & 0xFFFF);
        var (low, high) = (Math.Min(value, limit), Math.Max(value, limit));
        var smallest = int.MaxValue;
        foreach (var pixel in stored)
        {
            if (pixel < low || pixel > high)
            {
                smallest = Math.Min(smallest, pixel);
            }
        }

        if (smallest == int.MaxValue)
        {
            return;
        }

        foreach (ref var pixel in stored)
        {
            if (pixel >= low && pixel <= high)
            {
                pixel = smallest;
            }
        }
    }
}
