using System.Buffers.Binary;
using System.IO.Compression;
using BrainTumorDicom.Training.Data.Volumes;

namespace BrainTumorDicom.Training.Tests.Data.Volumes;

public sealed class NiftiVolumeTests : IDisposable
{
    // i runs to the patient's right, j to the front, k to the top: the block counts to the left and to the back.
    private static readonly (int I, int J, int K) Counts = (5, 4, 3);
    private readonly string folder = Directory.CreateTempSubdirectory("btd-nifti-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(2, "plain.nii")]
    [InlineData(4, "packed.nii.gz")]
    [InlineData(16, "single.nii.gz")]
    [InlineData(512, "unsigned.nii")]
    public void Samples_of_every_kind_come_to_their_places(short type, string name)
    {
        var volume = NiftiVolume.Read(Write(name, type));

        Assert.Equal((5, 4, 3), volume.Extents);
        Assert.Equal(2, volume.Spacings.Z, 1e-6);
        Assert.Equal(HeadPlane.Axial, volume.Native);
        Assert.Equal(Value(4, 3, 0), volume.Values[0]);
        Assert.Equal(Value(0, 0, 2), volume.Values[^1]);
        Assert.Equal(Value(4 - 3, 3 - 1, 2), volume.Values[(((2 * 4) + 1) * 5) + 3]);
    }

    [Fact]
    public void The_order_of_bytes_slope_and_axes_are_as_the_header_says()
    {
        // A sagittal series: i to the front, j to the top, k to the left; by sform.
        var path = Write("sagittal.nii", 4, isLittleEndian: false, slope: 2, intercept: 7, sform: [[0, 0, -1.5f], [1, 0, 0], [0, 1, 0]]);

        var volume = NiftiVolume.Read(path);

        Assert.Equal((3, 5, 4), volume.Extents);
        Assert.Equal(HeadPlane.Sagittal, volume.Native);
        Assert.Equal((2 * Value(4, 0, 0)) + 7, volume.Values[0]);
        Assert.Equal((2 * Value(3, 2, 1)) + 7, volume.Values[(((2 * 5) + 1) * 3) + 1]);
    }

    [Fact]
    public void A_rotation_by_quaternion_is_the_same_as_by_matrix()
    {
        // Half a turn about the axis to the top: i to the left, j to the back.
        var turned = NiftiVolume.Read(Write("turned.nii", 2, quaternion: (0, 0, 1)));
        var matrix = NiftiVolume.Read(Write("matrix.nii", 2, sform: [[-1, 0, 0], [0, -1, 0], [0, 0, 2]]));

        Assert.Equal(matrix.Values, turned.Values);
        Assert.Equal(Value(0, 0, 0), turned.Values[0]);
    }

    [Theory]
    [InlineData(0, 99)] // the length of the header
    [InlineData(42, 0x7F)] // more columns than samples
    [InlineData(70, 128)] // colour
    [InlineData(344, 'x')]
    public void What_is_no_NIfTI_is_named_with_its_reason(int at, byte value)
    {
        var path = Write("bad.nii", 4);
        var bytes = File.ReadAllBytes(path);
        bytes[at] = value;
        File.WriteAllBytes(path, bytes);

        Assert.StartsWith($"{path} cannot be read as NIfTI-1: ", Assert.Throws<TrainingException>(() => NiftiVolume.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_lists_NIfTI_files_as_series_of_their_own()
    {
        Directory.CreateDirectory(Path.Combine(folder, "colin"));
        Write("colin/t1.nii.gz", 2);

        var (name, files) = Assert.Single(VolumeFolder.List(folder, []));

        Assert.Equal("colin/t1", name);
        Assert.Equal("colin", VolumeFolder.SourceOf(name));
        Assert.Equal((5, 4, 3), VolumeReader.Read(files)!.Extents);
    }

    private static float Value(int i, int j, int k) => (k * 40) + (j * 8) + i + 1;

    private string Write(
        string name, short type, bool isLittleEndian = true, float slope = 0, float intercept = 0, float[][]? sform = null, (float B, float C, float D)? quaternion = null)
    {
        var header = new byte[352];
        Put32(0, 348);
        short[] dimensions = [3, (short)Counts.I, (short)Counts.J, (short)Counts.K, 1, 1, 1, 1];
        for (var i = 0; i < dimensions.Length; i++)
        {
            Put16(40 + (2 * i), dimensions[i]);
        }

        Put16(70, type);
        float[] spacings = [1, 1, 1, sform is null ? 2 : 1];
        for (var i = 0; i < spacings.Length; i++)
        {
            PutSingle(76 + (4 * i), spacings[i]);
        }

        PutSingle(108, 352);
        PutSingle(112, slope);
        PutSingle(116, intercept);
        if (quaternion is { } turn)
        {
            Put16(252, 1);
            PutSingle(256, turn.B);
            PutSingle(260, turn.C);
            PutSingle(264, turn.D);
        }

        for (var row = 0; row < 3 && sform is not null; row++)
        {
            Put16(254, 1);
            for (var column = 0; column < 3; column++)
            {
                PutSingle(280 + (16 * row) + (4 * column), sform[row][column]);
            }
        }

        "n+1\0"u8.CopyTo(header.AsSpan(344));
        var path = Path.Combine(folder, name);
        using Stream stream = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(File.Create(path), CompressionLevel.Fastest) : File.Create(path);
        stream.Write(header);
        var sample = new byte[4];
        for (var place = 0; place < Counts.I * Counts.J * Counts.K; place++)
        {
            var value = Value(place % Counts.I, place / Counts.I % Counts.J, place / (Counts.I * Counts.J));
            var length = type switch { 2 => 1, 16 => 4, _ => 2 };
            switch (type)
            {
                case 2:
                    sample[0] = (byte)value;
                    break;
                case 16:
                    BinaryPrimitives.WriteSingleLittleEndian(sample, value);
                    break;
                default:
                    WriteInt16(sample, (short)value);
                    break;
            }

            stream.Write(sample.AsSpan(0, length));
        }

        return path;

        void Put16(int at, short value) => WriteInt16(header.AsSpan(at), value);

        void Put32(int at, int value)
        {
            if (isLittleEndian)
            {
                BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(at), value);
            }
            else
            {
                BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(at), value);
            }
        }

        void PutSingle(int at, float value) => Put32(at, BitConverter.SingleToInt32Bits(value));

        void WriteInt16(Span<byte> bytes, short value)
        {
            if (isLittleEndian)
            {
                BinaryPrimitives.WriteInt16LittleEndian(bytes, value);
            }
            else
            {
                BinaryPrimitives.WriteInt16BigEndian(bytes, value);
            }
        }
    }
}
