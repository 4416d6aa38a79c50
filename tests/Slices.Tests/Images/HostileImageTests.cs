using System.Buffers.Binary;
using BrainTumorDicom.Slices.Images;

namespace BrainTumorDicom.Slices.Tests.Images;

public sealed class HostileImageTests
{
    private static readonly string[] Fixtures = [.. Directory.GetFiles(LumaTests.Fixtures).Order(StringComparer.Ordinal)];

    [Fact]
    public void A_file_cut_short_is_refused_or_lacks_nothing_but_its_end_marker()
    {
        foreach (var path in Fixtures)
        {
            var bytes = File.ReadAllBytes(path);
            var whole = ImageFile.Read(bytes).Values;
            for (var length = 0; length < bytes.Length; length += Math.Max(1, bytes.Length / 97))
            {
                var error = Record.Exception(() => ImageFile.Read(bytes.AsMemory(0, length)));

                Assert.True(error is null or ImageFormatException, $"{Path.GetFileName(path)} cut to {length}: {error}");
                Assert.False(error is null && length < bytes.Length / 2 && !path.Contains("progressive", StringComparison.Ordinal)
                    && !path.Contains("noninterleaved", StringComparison.Ordinal), $"{Path.GetFileName(path)} cut to {length} was read");
            }

            Assert.Equal(whole, ImageFile.Read(bytes).Values);
        }
    }

    [Fact]
    public void Damaged_bytes_give_an_image_or_a_format_error_and_nothing_else()
    {
        const int Seed = 20;
        var random = new Random(Seed);
        foreach (var path in Fixtures)
        {
            for (var trial = 0; trial < 150; trial++)
            {
                var bytes = File.ReadAllBytes(path);
                for (var i = random.Next(1, 6); i > 0; i--)
                {
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                }

                var error = Record.Exception(() => ImageFile.Read(bytes));

                Assert.True(error is null or ImageFormatException, $"{Path.GetFileName(path)}, seed {Seed}, trial {trial}: {error}");
            }
        }
    }

    [Fact]
    public void A_small_JPEG_that_claims_a_huge_image_is_refused_before_room_is_made()
    {
        var bytes = File.ReadAllBytes(Path.Combine(LumaTests.Fixtures, "grey-q30.jpg"));
        var frame = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(frame + 5), 8000);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(frame + 7), 8000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<ImageFormatException>(() => ImageFile.Read(bytes));

        Assert.Contains("too short", error.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16385)]
    public void A_JPEG_of_impossible_size_is_refused(int rows)
    {
        var bytes = File.ReadAllBytes(Path.Combine(LumaTests.Fixtures, "grey-q30.jpg"));
        var frame = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(frame + 5), (ushort)rows);

        Assert.Contains("16384", Assert.Throws<ImageFormatException>(() => ImageFile.Read(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_PNG_whose_bytes_do_not_match_their_CRC_is_refused()
    {
        var bytes = File.ReadAllBytes(Path.Combine(LumaTests.Fixtures, "grey8.png"));
        bytes[^30] ^= 1;

        Assert.Contains("CRC", Assert.Throws<ImageFormatException>(() => ImageFile.Read(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_image_is_refused()
    {
        Assert.Throws<ImageFormatException>(() => ImageFile.Read("not an image"u8.ToArray()));
        Assert.False(ImageFile.IsImage("DICM"u8));
    }
}
