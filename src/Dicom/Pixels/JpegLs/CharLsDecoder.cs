using System.Runtime.InteropServices;
using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Dicom.Pixels.JpegLs;

/// <summary>Frames in JPEG-LS (PS3.5 §8.2.3, §A.4.3) by CharLS, which reports damaged codes as error numbers.</summary>
internal sealed class CharLsDecoder : IFrameDecoder
{
    /// <summary>What has to be installed.</summary>
    internal const string Library = "CharLS 2 (libcharls.so.2, charls-2-x64.dll)";

    /// <summary>Whether the library can be loaded.</summary>
    internal static bool IsThere { get; } = NativeLibraries.IsThere(NativeLibraries.CharLs);

    /// <inheritdoc/>
    /// <remarks>A run costs next to nothing, so only large frames are held against their codes.</remarks>
    public long MostPixelsOf(long length, int bitsAllocated) => Math.Max(1L << 22, length << 12);

    /// <inheritdoc/>
    public unsafe void Decode(ReadOnlySpan<byte> codes, in PixelFormat format, Span<ushort> cells)
    {
        var decoder = CharLsNative.Create();
        if (decoder == 0)
        {
            throw new InsufficientMemoryException("CharLS has no memory for a decoder.");
        }

        try
        {
            fixed (byte* source = codes)
            fixed (ushort* destination = cells)
            {
                Check(CharLsNative.SetSource(decoder, source, (nuint)codes.Length));
                Check(CharLsNative.ReadHeader(decoder));
                Check(CharLsNative.GetFrameInfo(decoder, out var frame));
                CheckFrame(frame, format);
                Check(CharLsNative.GetNearLossless(decoder, 0, out var near));
                var isWide = frame.BitsPerSample > 8;
                Check(CharLsNative.Decode(decoder, destination, (nuint)(cells.Length * (isWide ? 2 : 1)), 0));
                Finish(cells, format, frame, isWide, isLossy: near > 0);
            }
        }
        finally
        {
            CharLsNative.Destroy(decoder);
        }
    }

    private static void Finish(Span<ushort> cells, in PixelFormat format, in CharLsFrameInfo frame, bool isWide, bool isLossy)
    {
        if (!isWide)
        {
            // Bytes stand in the first half; from the end on each moves to its own place.
            var bytes = MemoryMarshal.AsBytes(cells);
            for (var i = cells.Length - 1; i >= 0; i--)
            {
                cells[i] = bytes[i];
            }
        }

        PixelCells.ExtendSign(cells, format, frame.BitsPerSample);
        if (isLossy)
        {
            PixelCells.ClampOvershoot(cells, format);
        }
    }

    private static void CheckFrame(in CharLsFrameInfo frame, in PixelFormat format)
    {
        if (frame.Width != format.Columns || frame.Height != format.Rows || frame.ComponentCount != 1 || frame.BitsPerSample > format.BitsAllocated)
        {
            throw new DicomFormatException(
                $"JPEG-LS frame of {frame.Width} x {frame.Height} with {frame.ComponentCount} components of {frame.BitsPerSample} bits, but the image is {format.Columns} x {format.Rows} with one of {format.BitsAllocated}",
                -1,
                DicomTag.PixelData);
        }
    }

    private static void Check(int error)
    {
        if (error != 0)
        {
            throw new DicomFormatException($"JPEG-LS: {Marshal.PtrToStringUTF8(CharLsNative.GetErrorMessage(error))} (CharLS error {error})", -1, DicomTag.PixelData);
        }
    }
}
