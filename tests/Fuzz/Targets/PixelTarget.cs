using BrainTumorDicom.Dicom;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Dicom.Pixels;
using BrainTumorDicom.Fuzz.Mutation;
using BrainTumorDicom.Slices.Conversion;

namespace BrainTumorDicom.Fuzz.Targets;

/// <summary>
/// The pixels of files in one transfer syntax, through <see cref="PixelFrames"/>, and as slices. Seeds of the syntaxes that have no encoder here
/// are files in <c>seeds/NAME</c>; a syntax whose library is not there is refused.
/// </summary>
internal static class PixelTarget
{
    private const int MostFrames = 4;
    private const long MostPixels = 1 << 26;

    internal static FuzzTarget Create(string name, DicomUid syntax, bool byLibrary = false) => new(name, () => Seeds(syntax), Run)
    {
        Allowed = [typeof(DicomFormatException), typeof(DicomException)],
        Grammar = [new ElementMutator(132, isExplicit: true, isBigEndian: false), new MarkerMutator()],

        // Four bytes a pixel, and a code of two bytes may stand for 128 of them.
        FreeBytes = 128 << 20,
        BytesPerByte = 2048,
        UsesLibrary = byLibrary,
    };

    private static IEnumerable<byte[]> Seeds(DicomUid uid)
    {
        var syntax = DicomTransferSyntax.Find(uid)!;
        if (!syntax.IsEncapsulated)
        {
            return [new DicomFile(SampleData.Image(), syntax).ToArray()];
        }

        return uid == DicomUid.RLELossless
            ? [new DicomFile(SampleData.Encapsulated(8, 1, Rle(1)), syntax).ToArray(), new DicomFile(SampleData.Encapsulated(16, 2, Rle(2), Rle(2)), syntax).ToArray()]
            : [];
    }

    /// <summary>A frame of 48 pixels: a run and a literal in each byte plane (PS3.5 §G.3).</summary>
    private static byte[] Rle(int planes)
    {
        var codes = new byte[64 + (planes * 28)];
        codes[0] = (byte)planes;
        for (var plane = 0; plane < planes; plane++)
        {
            var start = 64 + (plane * 28);
            BitConverter.TryWriteBytes(codes.AsSpan(4 + (4 * plane)), start);
            codes[start] = 257 - 24;
            codes[start + 1] = 7;
            codes[start + 2] = 23;
            for (var i = 0; i < 24; i++)
            {
                codes[start + 3 + i] = (byte)i;
            }

            codes[start + 27] = 128;
        }

        return codes;
    }

    private static int Run(byte[] input)
    {
        var file = DicomFile.Read(input);
        var frames = PixelFrames.Open(file);
        var count = (long)frames.Rows * frames.Columns;
        var shape = HashCode.Combine(frames.BitsAllocated, frames.BitsStored, frames.IsSigned, frames.IsMonochrome1, Math.Min(frames.FrameCount, MostFrames));
        if (count > MostPixels)
        {
            return shape;
        }

        // A frame that is opened has codes for its pixels, so this room is in proportion to the input.
        var stored = new int[count];
        for (var frame = 0; frame < Math.Min(frames.FrameCount, MostFrames); frame++)
        {
            frames.ReadStored(frame, stored);
            var (low, high) = frames.IsSigned ? (-(1L << (frames.BitsStored - 1)), (1L << (frames.BitsStored - 1)) - 1) : (0, (1L << frames.BitsStored) - 1);
            PropertyBrokenException.Require(stored.Min() >= low && stored.Max() <= high, "stored values are of the bits stored");
        }

        var slice = DicomSlices.Read(file, frames, 0);
        return HashCode.Combine(shape, stored[0] & 3, stored[^1] & 3, slice.RowSpacing == 1);
    }
}
