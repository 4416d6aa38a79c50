using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Dicom.Pixels;

namespace BrainTumorDicom.Dicom.Tests.Pixels;

/// <summary>Monochrome images to compress and to read.</summary>
internal static class TestImage
{
    internal static DicomDataset Attributes(int rows, int columns, int allocated, int stored, bool isSigned = false, int frames = 1)
    {
        var dataset = new DicomDataset();
        dataset.Set(DicomTag.SamplesPerPixel, 1);
        dataset.Set(DicomTag.PhotometricInterpretation, "MONOCHROME2");
        dataset.Set(DicomTag.NumberOfFrames, frames);
        dataset.Set(DicomTag.Rows, rows);
        dataset.Set(DicomTag.Columns, columns);
        dataset.Set(DicomTag.BitsAllocated, allocated);
        dataset.Set(DicomTag.BitsStored, stored);
        dataset.Set(DicomTag.HighBit, stored - 1);
        dataset.Set(DicomTag.PixelRepresentation, isSigned ? 1 : 0);
        return dataset;
    }

    /// <summary>An image in fragments.</summary>
    internal static PixelFrames Open(DicomDataset attributes, DicomUid syntax, params byte[][] fragments)
    {
        attributes.Remove(DicomTag.PixelData);
        attributes.Add(new DicomFragments(DicomTag.PixelData, DicomVr.OB, default, [.. fragments.Select(bytes => (ReadOnlyMemory<byte>)bytes)]));
        return PixelFrames.Open(new DicomFile(attributes, DicomTransferSyntax.Find(syntax)!));
    }

    /// <summary>Smooth with some noise and the extreme values; fixed by its arguments.</summary>
    internal static int[] Values(int rows, int columns, int bits, bool isSigned)
    {
        var random = new Random(rows + bits);
        var (low, high) = isSigned ? (-(1 << (bits - 1)), (1 << (bits - 1)) - 1) : (0, (1 << bits) - 1);
        var values = new int[rows * columns];
        for (var i = 0; i < values.Length; i++)
        {
            var smooth = 0.5 + (0.4 * Math.Sin(i % columns / 9.0) * Math.Cos(i / columns / 7.0));
            values[i] = Math.Clamp(low + (int)(smooth * (high - low)) + random.Next(-3, 4), low, high);
        }

        (values[0], values[1], values[^1]) = (low, high, low);
        return values;
    }

    internal static int[] Read(PixelFrames frames, int frame = 0)
    {
        var stored = new int[frames.Rows * frames.Columns];
        frames.ReadStored(frame, stored);
        return stored;
    }
}
