using BrainTumorDicom.Slices.Conversion;
using BrainTumorDicom.Slices.Images.Png;

namespace BrainTumorDicom.Slices.Images;

/// <summary>Reads JPEG and PNG files, told apart by content and not by name, as slices of luma with square pixels.</summary>
public static class ImageFile
{
    /// <summary>Largest file that is read, in bytes.</summary>
    private const long MostBytes = 256L << 20;

    /// <summary>Whether <paramref name="head"/>, the first bytes of a file, is a JPEG or PNG signature.</summary>
    public static bool IsImage(ReadOnlySpan<byte> head) => IsJpeg(head) || IsPng(head);

    /// <summary>Reads a file.</summary>
    /// <exception cref="ImageFormatException">It is neither JPEG nor PNG, or is broken.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static SlicePixels Read(string path) => Read(ReadBytes(path));

    /// <summary>Reads a file's bytes without decoding them, unless there are too many.</summary>
    /// <exception cref="ImageFormatException">It is too large.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static byte[] ReadBytes(string path)
    {
        var length = new FileInfo(path).Length;
        return length <= MostBytes
            ? File.ReadAllBytes(path)
            : throw new ImageFormatException($"Image file of {length} bytes: at most {MostBytes} are read.");
    }

    /// <summary>Reads a file's bytes.</summary>
    /// <returns>Luma: 0 to 255, or 0 to 65535 for a PNG of 16 bits. Colour by Rec. 601 (a JPEG's Y as it is); transparency is ignored.</returns>
    /// <exception cref="ImageFormatException">They are neither JPEG nor PNG, or broken.</exception>
    public static SlicePixels Read(ReadOnlyMemory<byte> bytes) =>
        IsJpeg(bytes.Span) ? JpegFile.Decode(bytes.Span)
        : IsPng(bytes.Span) ? PngDecoder.Decode(bytes)
        : throw new ImageFormatException("Neither a JPEG nor a PNG file.");

    private static bool IsJpeg(ReadOnlySpan<byte> head) => head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]);

    private static bool IsPng(ReadOnlySpan<byte> head) => head.StartsWith(PngDecoder.Signature);
}
