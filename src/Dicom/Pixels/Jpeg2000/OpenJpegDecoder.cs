using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Dicom.Pixels.Jpeg2000;

/// <summary>Frames in JPEG 2000 (PS3.5 §8.2.4, §A.4.4) by OpenJPEG, which sees no codes whose headers <see cref="Jpeg2000Header"/> did not pass.</summary>
internal sealed class OpenJpegDecoder : IFrameDecoder
{
    /// <summary>What has to be installed.</summary>
    internal const string Library = "OpenJPEG 2 (libopenjp2.so.7, openjp2.dll)";

    /// <summary>Whether the library can be loaded.</summary>
    internal static bool IsThere { get; } = NativeLibraries.IsThere(NativeLibraries.OpenJpeg);

    /// <inheritdoc/>
    /// <remarks>Flat areas cost nothing, so only large frames are held against their codes.</remarks>
    public long MostPixelsOf(long length, int bitsAllocated) => Math.Max(1L << 22, length << 12);

    /// <inheritdoc/>
    public unsafe void Decode(ReadOnlySpan<byte> codes, in PixelFormat format, Span<ushort> cells)
    {
        var stream = Jpeg2000Boxes.CodeStream(codes);
        var header = Jpeg2000Header.Read(stream);
        header.Check(format);
        fixed (byte* data = stream)
        {
            var source = new OpenJpegSource(data, stream.Length);
            var isDecoded = TryDecode(&source, stream.Length, cells, format);
            if (!isDecoded)
            {
                throw new DicomFormatException($"JPEG 2000: {source.Message}", -1, DicomTag.PixelData);
            }
        }

        if (!header.IsSigned)
        {
            PixelCells.ExtendSign(cells, format, header.Precision);
            if (header.IsIrreversible)
            {
                PixelCells.ClampOvershoot(cells, format);
            }
        }
    }

    private static unsafe bool TryDecode(OpenJpegSource* source, long length, Span<ushort> cells, in PixelFormat format)
    {
        var codec = OpenJpegNative.CreateDecompress(OpenJpegNative.CodeStream);
        var stream = OpenJpegNative.CreateStream(isInput: 1);
        OpenJpegImage* image = null;
        try
        {
            if (codec == 0 || stream == 0)
            {
                throw new InsufficientMemoryException("OpenJPEG has no memory for a decoder.");
            }

            var parameters = stackalloc byte[OpenJpegNative.ParametersSize];
            OpenJpegNative.SetDefaultParameters(parameters);
            _ = OpenJpegNative.SetErrorHandler(codec, &OpenJpegSource.Complain, source);
            OpenJpegNative.SetUserData(stream, source, free: 0);
            OpenJpegNative.SetUserDataLength(stream, (ulong)length);
            OpenJpegNative.SetRead(stream, &OpenJpegSource.Read);
            OpenJpegNative.SetSkip(stream, &OpenJpegSource.Skip);
            OpenJpegNative.SetSeek(stream, &OpenJpegSource.Seek);
            return OpenJpegNative.SetupDecoder(codec, parameters) != 0
                && OpenJpegNative.ReadHeader(stream, codec, out image) != 0
                && OpenJpegNative.Decode(codec, stream, image) != 0
                && TryCopy(image, cells, format);
        }
        finally
        {
            if (image is not null)
            {
                OpenJpegNative.DestroyImage(image);
            }

            if (stream != 0)
            {
                OpenJpegNative.DestroyStream(stream);
            }

            if (codec != 0)
            {
                OpenJpegNative.DestroyCodec(codec);
            }
        }
    }

    private static unsafe bool TryCopy(OpenJpegImage* image, Span<ushort> cells, in PixelFormat format)
    {
        if (image->ComponentCount != 1 || image->Components->Data is null
            || image->Components->Width != format.Columns || image->Components->Height != format.Rows)
        {
            return false;
        }

        var samples = new ReadOnlySpan<int>(image->Components->Data, cells.Length);
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = (ushort)samples[i];
        }

        return true;
    }
}
