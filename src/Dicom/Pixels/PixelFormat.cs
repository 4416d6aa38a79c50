using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Dicom.Pixels;

/// <summary>How one-sample pixels stand in their cells (PS3.5 §8.1.1). Checked when made.</summary>
/// <param name="Rows">Rows of a frame, 1 to 65535.</param>
/// <param name="Columns">Columns of a frame, 1 to 65535.</param>
/// <param name="FrameCount">Frames, at least 1.</param>
/// <param name="BitsAllocated">Bits of a cell: 8 or 16.</param>
/// <param name="BitsStored">Bits that count, 1 to <paramref name="BitsAllocated"/>.</param>
/// <param name="HighBit">The highest of them.</param>
/// <param name="IsSigned">Whether they are two's complement.</param>
/// <param name="IsMonochrome1">Whether small values are bright.</param>
internal readonly record struct PixelFormat(
    int Rows, int Columns, int FrameCount, int BitsAllocated, int BitsStored, int HighBit, bool IsSigned, bool IsMonochrome1)
{
    /// <summary>Pixels of one frame.</summary>
    internal long PixelCount => (long)Rows * Columns;

    /// <summary>Bytes of one frame without compression.</summary>
    internal long FrameBytes => PixelCount * (BitsAllocated / 8);

    /// <summary>Reads the Image Pixel module (PS3.3 §C.7.6.3).</summary>
    /// <exception cref="DicomFormatException">Attributes are missing or contradict each other.</exception>
    /// <exception cref="DicomException">The pixels are of a kind that is not read here.</exception>
    internal static PixelFormat Read(DicomDataset dataset)
    {
        var samples = dataset.GetInt32(DicomTag.SamplesPerPixel) ?? 1;
        var photometric = dataset.GetString(DicomTag.PhotometricInterpretation) ?? "";
        if (samples != 1 || photometric is not ("MONOCHROME1" or "MONOCHROME2"))
        {
            throw new DicomException($"pixels are {photometric} with {samples} samples; only MONOCHROME1 and MONOCHROME2 with one sample are read");
        }

        var allocated = Required(dataset, DicomTag.BitsAllocated, 1, 64);
        if (allocated is not (8 or 16))
        {
            throw new DicomException($"{DicomTag.BitsAllocated} BitsAllocated is {allocated}; only 8 and 16 are read");
        }

        var stored = Optional(dataset, DicomTag.BitsStored, allocated, 1, allocated);
        var format = new PixelFormat(
            Required(dataset, DicomTag.Rows, 1, ushort.MaxValue),
            Required(dataset, DicomTag.Columns, 1, ushort.MaxValue),
            Optional(dataset, DicomTag.NumberOfFrames, 1, 1, int.MaxValue),
            allocated,
            stored,
            Optional(dataset, DicomTag.HighBit, stored - 1, stored - 1, allocated - 1),
            Optional(dataset, DicomTag.PixelRepresentation, 0, 0, 1) == 1,
            photometric == "MONOCHROME1");

        // Whoever makes room for a frame counts its pixels in 32 bits.
        return format.FrameBytes <= Array.MaxLength
            ? format
            : throw new DicomFormatException($"frames of {format.Columns} x {format.Rows} at {format.BitsAllocated} bits are too large to be read", -1, DicomTag.PixelData);
    }

    private static int Required(DicomDataset dataset, DicomTag tag, int low, int high) =>
        dataset.GetInt32(tag) is { } value
            ? InRange(tag, value, low, high)
            : throw new DicomFormatException("is missing, and pixels cannot be read without it", -1, tag);

    private static int Optional(DicomDataset dataset, DicomTag tag, int absent, int low, int high) =>
        InRange(tag, dataset.GetInt32(tag) ?? absent, low, high);

    private static int InRange(DicomTag tag, int value, int low, int high) =>
        value >= low && value <= high ? value : throw new DicomFormatException($"is {value}; {low} to {high} is possible here", -1, tag);
}
