using System.Buffers;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;

namespace BrainTumorDicom.Dicom.Pixels;

/// <summary>The frames of a monochrome image, native in any byte order or in a compression that <see cref="PixelCodecs"/> reads. Safe to read from several threads.</summary>
public sealed class PixelFrames
{
    private readonly PixelFormat format;
    private readonly ReadOnlyMemory<byte> native;
    private readonly FrameFragments? fragments;
    private readonly IFrameDecoder? decoder;

    private PixelFrames(PixelFormat format, ReadOnlyMemory<byte> native)
    {
        this.format = format;
        this.native = native;
    }

    private PixelFrames(PixelFormat format, FrameFragments fragments, IFrameDecoder decoder)
    {
        this.format = format;
        this.fragments = fragments;
        this.decoder = decoder;
    }

    /// <summary>Number of frames, at least 1.</summary>
    public int FrameCount => format.FrameCount;

    /// <summary>Rows of a frame.</summary>
    public int Rows => format.Rows;

    /// <summary>Columns of a frame.</summary>
    public int Columns => format.Columns;

    /// <summary>Bits of a pixel cell: 8 or 16.</summary>
    public int BitsAllocated => format.BitsAllocated;

    /// <summary>Bits of a cell that count.</summary>
    public int BitsStored => format.BitsStored;

    /// <summary>Whether stored values are two's complement.</summary>
    public bool IsSigned => format.IsSigned;

    /// <summary>Whether small values are bright (MONOCHROME1).</summary>
    public bool IsMonochrome1 => format.IsMonochrome1;

    /// <summary>Opens the pixels of a file; the file's bytes are read from when a frame is asked for.</summary>
    /// <exception cref="DicomFormatException">The attributes contradict each other or the length of the pixel data.</exception>
    /// <exception cref="DicomException">The pixels are of a kind that is not read here; the message says which.</exception>
    public static PixelFrames Open(DicomFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (!file.Dataset.TryGet(DicomTag.PixelData, out var pixels))
        {
            throw new DicomFormatException("is missing: there is no image", -1, DicomTag.PixelData);
        }

        var format = PixelFormat.Read(file.Dataset);
        if (pixels is DicomFragments fragments)
        {
            var decoder = PixelCodecs.Find(file.TransferSyntax.Uid.Value)
                ?? throw new DicomException($"transfer syntax {file.TransferSyntax} is not read{PixelCodecs.Missing(file.TransferSyntax.Uid.Value)}");
            return new PixelFrames(format, FramesOf(format, fragments, file, decoder), decoder);
        }

        if (file.TransferSyntax.IsEncapsulated || pixels is not DicomValueElement native)
        {
            throw new DicomFormatException($"is not in fragments, as {file.TransferSyntax} requires", -1, DicomTag.PixelData);
        }

        // More bytes than needed occur (padding to a disk block) and do no harm.
        var needed = (Int128)format.FrameBytes * format.FrameCount;
        return needed <= native.Value.Length
            ? new PixelFrames(format, native.Value)
            : throw new DicomFormatException(
                $"{native.Value.Length} bytes, but {format.FrameCount} frames of {format.Columns} x {format.Rows} at {format.BitsAllocated} bits need {needed}",
                -1,
                DicomTag.PixelData);
    }

    /// <summary>Reads the stored values of one frame: masked to the bits stored, sign extended, before the Modality LUT.</summary>
    /// <param name="frame">From 0.</param>
    /// <param name="stored">Receives [rows × columns], row-major.</param>
    /// <exception cref="ArgumentException"><paramref name="stored"/> has another length.</exception>
    /// <exception cref="DicomFormatException">The frame's codes are damaged, or are those of another image.</exception>
    public void ReadStored(int frame, Span<int> stored)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(frame, FrameCount);
        if (stored.Length != format.PixelCount)
        {
            throw new ArgumentException($"{stored.Length} values, but a frame has {format.PixelCount}.", nameof(stored));
        }

        if (fragments is null || decoder is null)
        {
            var length = (int)format.FrameBytes;
            PixelCells.Unpack(native.Span.Slice(frame * length, length), format, stored);
            return;
        }

        var rented = ArrayPool<ushort>.Shared.Rent(stored.Length);
        try
        {
            var cells = rented.AsSpan(0, stored.Length);
            decoder.Decode(fragments.Frame(frame).Span, format, cells);
            PixelCells.Unpack(cells, format, stored);
        }
        finally
        {
            ArrayPool<ushort>.Shared.Return(rented);
        }
    }

    private static FrameFragments FramesOf(PixelFormat format, DicomFragments fragments, DicomFile file, IFrameDecoder decoder)
    {
        var frames = FrameFragments.Of(fragments, file.Dataset, format.FrameCount);
        for (var i = 0; i < format.FrameCount; i++)
        {
            // Before anybody makes room for a frame that cannot be there.
            if (format.PixelCount > Math.Min(PixelCodecs.MostPixels, decoder.MostPixelsOf(frames.Length(i), format.BitsAllocated)))
            {
                throw new DicomFormatException(
                    $"frame {i + 1} has {frames.Length(i)} bytes of {file.TransferSyntax}, too few for {format.Columns} x {format.Rows} at {format.BitsAllocated} bits",
                    -1,
                    DicomTag.PixelData);
            }
        }

        return frames;
    }
}
