using System.Buffers.Binary;
using System.IO.Compression;

namespace BrainTumorDicom.Training.Data.Volumes;

/// <summary>Reads a head from a NIfTI-1 file (https://nifti.nimh.nih.gov/nifti-1), <c>.nii</c> or <c>.nii.gz</c>: what most public collections of heads come as.</summary>
internal static class NiftiVolume
{
    private const int HeaderLength = 348;
    private const int LongestSide = 2048;
    private const long MostSamples = 1L << 28;
    private const double LeastSpacing = 1e-3;

    /// <summary>Whether a file has such a name.</summary>
    public static bool IsNamed(string path) =>
        path.EndsWith(".nii", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".nii.gz", StringComparison.OrdinalIgnoreCase);

    /// <summary>The first volume of a file.</summary>
    /// <exception cref="TrainingException">It is none, is cut off, or has a form that is not read.</exception>
    public static HeadVolume Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            using Stream stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
            return Read(stream);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            throw new TrainingException($"{path} cannot be read as NIfTI-1: {error.Message}", error);
        }
    }

    private static HeadVolume Read(Stream stream)
    {
        var bytes = new byte[HeaderLength];
        stream.ReadExactly(bytes);
        var header = new Header(bytes, BinaryPrimitives.ReadInt32LittleEndian(bytes) == HeaderLength);
        if (header.Int32(0) != HeaderLength || !bytes.AsSpan(344).SequenceEqual("n+1\0"u8))
        {
            throw new InvalidDataException("it does not begin as one");
        }

        int[] counts = [header.Int16(42), header.Int16(44), header.Int16(46)];
        double[] spacings = [Math.Abs(header.Single(80)), Math.Abs(header.Single(84)), Math.Abs(header.Single(88))];
        var samples = counts.Aggregate(1L, (product, count) => product * count);
        if (header.Int16(40) is < 3 or > 7 || counts.Any(count => count is < 1 or > LongestSide) || samples > MostSamples)
        {
            throw new InvalidDataException($"it is {string.Join(" x ", counts)} samples in {header.Int16(40)} dimensions");
        }

        if (spacings.Any(spacing => !(spacing > LeastSpacing)) || BlockLayout.Of(Directions(header), counts, spacings) is not { } layout)
        {
            throw new InvalidDataException("its axes make no block");
        }

        var (size, sample) = Sample(header);
        Skip(stream, (long)header.Single(108) - HeaderLength);
        var values = new float[samples];
        var row = new byte[counts[0] * size];
        var (slope, intercept) = (header.Single(112), header.Single(116));
        (slope, intercept) = slope == 0 || !float.IsFinite(slope) || !float.IsFinite(intercept) ? (1, 0) : (slope, intercept);
        for (var k = 0; k < counts[2]; k++)
        {
            for (var j = 0; j < counts[1]; j++)
            {
                stream.ReadExactly(row);
                for (var i = 0; i < counts[0]; i++)
                {
                    var value = (float)((sample(row.AsSpan(i * size, size)) * slope) + intercept);
                    values[layout.IndexOf(i, j, k)] = float.IsFinite(value) ? value : 0;
                }
            }
        }

        return new HeadVolume(values, layout.Extents, layout.Spacings, layout.Native);
    }

    // NIfTI counts x to the right and y to the front.
    private static double[][] Directions(Header header)
    {
        var columns = header.Int16(254) > 0 ? Affine(header) : header.Int16(252) > 0 ? Rotation(header) : [[1, 0, 0], [0, 1, 0], [0, 0, 1]];
        return Array.ConvertAll(columns, column => new[] { -column[0], -column[1], column[2] });
    }

    private static double[][] Affine(Header header) =>
        [.. Enumerable.Range(0, 3).Select(axis => new double[] { header.Single(280 + (4 * axis)), header.Single(296 + (4 * axis)), header.Single(312 + (4 * axis)) })];

    private static double[][] Rotation(Header header)
    {
        double b = header.Single(256), c = header.Single(260), d = header.Single(264);
        var a = Math.Sqrt(Math.Max(0, 1 - (b * b) - (c * c) - (d * d)));
        var third = header.Single(76) < 0 ? -1 : 1;
        return
        [
            [(a * a) + (b * b) - (c * c) - (d * d), 2 * ((b * c) + (a * d)), 2 * ((b * d) - (a * c))],
            [2 * ((b * c) - (a * d)), (a * a) + (c * c) - (b * b) - (d * d), 2 * ((c * d) + (a * b))],
            [third * 2 * ((b * d) + (a * c)), third * 2 * ((c * d) - (a * b)), third * ((a * a) + (d * d) - (b * b) - (c * c))],
        ];
    }

    private static (int Size, SampleReader Read) Sample(Header header)
    {
        var little = header.IsLittleEndian;
        return header.Int16(70) switch
        {
            2 => (1, bytes => bytes[0]),
            4 => (2, bytes => little ? BinaryPrimitives.ReadInt16LittleEndian(bytes) : BinaryPrimitives.ReadInt16BigEndian(bytes)),
            8 => (4, bytes => little ? BinaryPrimitives.ReadInt32LittleEndian(bytes) : BinaryPrimitives.ReadInt32BigEndian(bytes)),
            16 => (4, bytes => little ? BinaryPrimitives.ReadSingleLittleEndian(bytes) : BinaryPrimitives.ReadSingleBigEndian(bytes)),
            64 => (8, bytes => little ? BinaryPrimitives.ReadDoubleLittleEndian(bytes) : BinaryPrimitives.ReadDoubleBigEndian(bytes)),
            256 => (1, bytes => (sbyte)bytes[0]),
            512 => (2, bytes => little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes)),
            768 => (4, bytes => little ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes)),
            var type => throw new InvalidDataException($"samples of type {type} are not read"),
        };
    }

    private static void Skip(Stream stream, long count)
    {
        if (count is < 0 or > 1 << 24)
        {
            throw new InvalidDataException("its samples begin nowhere");
        }

        stream.ReadExactly(new byte[count]);
    }

    private delegate double SampleReader(ReadOnlySpan<byte> bytes);

    private sealed class Header(byte[] bytes, bool isLittleEndian)
    {
        public bool IsLittleEndian => isLittleEndian;

        public short Int16(int at) => isLittleEndian ? BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(at)) : BinaryPrimitives.ReadInt16BigEndian(bytes.AsSpan(at));

        public int Int32(int at) => isLittleEndian ? BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at)) : BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at));

        public float Single(int at) => isLittleEndian ? BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(at)) : BinaryPrimitives.ReadSingleBigEndian(bytes.AsSpan(at));
    }
}
