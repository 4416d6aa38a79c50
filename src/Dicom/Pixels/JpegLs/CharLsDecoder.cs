using System.Runtime.InteropServices;
using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Dicom.Pixels.JpegLs;

/// <summary>Frames in JPEG-LS (PS3.5 §8.2.3, §A.4.3) by CharLS, which reports damaged codes as error numbers.</summary>
internal sealed class CharLsDecoder : IFrameDecoder
{
    /// <summary>What has to be installed.</summary>
    internal const string Library = "CharLS 2 (libcharls.so.2, charls-2-x64.dll)";

    /// <summary>CHARLS_JPEGLS_ERRC_JPEG_MARKER_START_BYTE_NOT_FOUND.</summary>
    private const int MarkerNotFound = 12;

    /// <summary>Whether the library can be loaded.</summary>
    internal static bool IsThere { get; } = NativeLibraries.IsThere(NativeLibraries.CharLs);

    /// <inheritdoc/>
    /// <remarks>A run costs next to nothing, so only large frames are held against their codes.</remarks>
    public long MostPixelsOf(long length, int bitsAllocated) => Math.Max(1L << 22, length << 12);

    /// <inheritdoc/>
    public void Decode(ReadOnlySpan<byte> codes, in PixelFormat format, Span<ushort> cells)
    {
        // CharLS 2.4 counts to 2^31, for half a minute, where a scan runs to the end of the data and no marker stops it.
        if (!codes.TrimEnd((byte)0).EndsWith((ReadOnlySpan<byte>)[0xFF, 0xD9]))
        {
            codes = (byte[])[.. codes, 0xFF, 0xD9];
        }

        var error = TryDecode(codes, format, cells);

        // Some encoders leave a zero byte behind the scan (working group 4's MR1_JLSL): without it the codes are whole.
        if (error == MarkerNotFound && codes.LastIndexOf((ReadOnlySpan<byte>)[0x00, 0xFF, 0xD9]) is >= 0 and var stray)
        {
            error = TryDecode([.. codes[..stray], .. codes[(stray + 1)..]], format, cells);
        }

        if (error != 0)
        {
            throw new DicomFormatException($"JPEG-LS: {Marshal.PtrToStringUTF8(CharLsNative.GetErrorMessage(error))} (CharLS error {error})", -1, DicomTag.PixelData);
        }
    }

    private static unsafe int TryDecode(ReadOnlySpan<byte> codes, in PixelFormat format, Span<ushort> cells)
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
                int error;
                if ((error = CharLsNative.SetSource(decoder, source, (nuint)codes.Length)) != 0
                    || (error = CharLsNative.ReadHeader(decoder)) != 0
                    || (error = CharLsNative.GetFrameInfo(decoder, out var frame)) != 0)
                {
                    return error;
                }

                CheckFrame(frame, format);
                var isWide = frame.BitsPerSample > 8;
                if ((error = CharLsNative.GetNearLossless(decoder, 0, out var near)) == 0
                    && (error = CharLsNative.Decode(decoder, destination, (nuint)(cells.Length * (isWide ? 2 : 1)), 0)) == 0)
                {
                    Finish(cells, format, frame, isWide, isLossy: near > 0);
                }

                return error;
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
}
