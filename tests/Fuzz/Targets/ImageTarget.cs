using System.Buffers.Binary;
using BrainTumorDicom.Fuzz.Mutation;
using BrainTumorDicom.Slices.Images;
using BrainTumorDicom.Slices.Images.Png;

namespace BrainTumorDicom.Fuzz.Targets;

/// <summary>JPEG and PNG files; their seeds are files.</summary>
internal static class ImageTarget
{
    internal static FuzzTarget Jpeg() => new("image-jpeg", () => [], Run)
    {
        Allowed = [typeof(ImageFormatException)],
        Grammar = [new MarkerMutator()],

        // A progressive image keeps its coefficients, and one bit can stand for a block of them.
        FreeBytes = 64 << 20,
        BytesPerByte = 16384,
    };

    internal static FuzzTarget Png() => new("image-png", () => [], Run)
    {
        Allowed = [typeof(ImageFormatException)],
        Grammar = [new ChecksumMutator(Repair)],
        FreeBytes = 64 << 20,
        BytesPerByte = 16384,
    };

    private static int Run(byte[] input)
    {
        var image = ImageFile.Read(input);
        PropertyBrokenException.Require(image.Values.Length == (long)image.Rows * image.Columns, "an image has the values of its size");
        return HashCode.Combine(image.Rows, image.Columns, (int)image.Values[0] >> 5, (int)image.Values[^1] >> 5);
    }

    /// <summary>Makes the CRC of every chunk right.</summary>
    private static void Repair(byte[] bytes)
    {
        for (var at = 8; at + 12 <= bytes.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at));
            if (length > bytes.Length - at - 12)
            {
                return;
            }

            var end = at + 8 + (int)length;
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(end), Crc32.Of(bytes.AsSpan(at + 4, (int)length + 4)));
            at = end + 4;
        }
    }
}
