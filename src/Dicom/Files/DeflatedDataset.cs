using System.IO.Compression;
using System.Runtime.InteropServices;

namespace BrainTumorDicom.Dicom.Files;

/// <summary>The deflated transfer syntax (PS3.5 §A.5).</summary>
internal static class DeflatedDataset
{
    // Real data sets deflate to a tenth or so, empty images to a five-hundredth; deflate itself reaches 1 : 1032.
    private const long FreeBytes = 16 << 20;
    private const long MaximumRatio = 200;
    private const long MaximumBytes = 1 << 30;

    internal static ReadOnlyMemory<byte> Inflate(ReadOnlyMemory<byte> deflated)
    {
        var limit = Math.Min(MaximumBytes, FreeBytes + (deflated.Length * MaximumRatio));
        try
        {
            var inflated = new byte[Measure(deflated, limit)];
            using var inflater = Inflater(deflated);
            inflater.ReadExactly(inflated);
            return inflated;
        }
        catch (InvalidDataException error)
        {
            throw new DicomFormatException("the deflated data set is damaged", error);
        }
    }

    /// <summary>Inflates once to count: a few bytes that claim gigabytes cost time and no memory, and what is kept is as long as it must be.</summary>
    private static int Measure(ReadOnlyMemory<byte> deflated, long limit)
    {
        using var inflater = Inflater(deflated);
        var buffer = new byte[1 << 16];
        var length = 0L;
        int read;
        while ((read = inflater.Read(buffer)) > 0)
        {
            length += read;
            if (length > limit)
            {
                throw new DicomFormatException($"the deflated data set grows beyond {limit} bytes");
            }
        }

        return (int)length;
    }

    private static DeflateStream Inflater(ReadOnlyMemory<byte> deflated) => new(AsStream(deflated), CompressionMode.Decompress);

    internal static byte[] Deflate(ReadOnlySpan<byte> bytes)
    {
        using var output = new MemoryStream();
        using (var deflater = new DeflateStream(output, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflater.Write(bytes);
        }

        if ((output.Length & 1) != 0)
        {
            output.WriteByte(0);
        }

        return output.ToArray();
    }

    private static MemoryStream AsStream(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var segment)
            ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
            : new MemoryStream(bytes.ToArray(), writable: false);
}
