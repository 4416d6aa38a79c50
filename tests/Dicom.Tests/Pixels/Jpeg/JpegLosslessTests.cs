using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Dicom.Tests.Pixels.Jpeg;

public sealed class JpegLosslessTests
{
    public static TheoryData<int, int> PredictorsAndPrecisions()
    {
        var data = new TheoryData<int, int>();
        for (var predictor = 1; predictor <= 7; predictor++)
        {
            foreach (var precision in (int[])[2, 7, 8, 9, 10, 12, 15, 16])
            {
                data.Add(predictor, precision);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(PredictorsAndPrecisions))]
    public void Every_predictor_gives_back_what_was_encoded(int predictor, int precision)
    {
        var values = TestImage.Values(23, 31, precision, isSigned: false);

        Assert.Equal(values, Decode(values, 31, precision, predictor));
        Assert.Equal(values, Decode(values, 31, precision, predictor, restartLines: 1));
        Assert.Equal(values, Decode(values, 31, precision, predictor, restartLines: 2));
    }

    [Theory]
    [InlineData(1, 12, 1)]
    [InlineData(4, 12, 3)]
    [InlineData(7, 16, 15)]
    [InlineData(6, 8, 7)]
    public void A_point_transform_drops_low_bits_and_no_others(int predictor, int precision, int pointTransform)
    {
        var values = TestImage.Values(23, 31, precision, isSigned: false);

        var decoded = Decode(values, 31, precision, predictor, pointTransform, restartLines: 4);

        Assert.Equal(Array.ConvertAll(values, value => value >> pointTransform << pointTransform), decoded);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(16)]
    public void Signed_values_come_back_signed_whether_their_cells_or_their_stored_bits_were_encoded(int precision)
    {
        var values = TestImage.Values(20, 20, 12, isSigned: true);
        var cells = Array.ConvertAll(values, value => value & ((1 << precision) - 1));

        var frames = TestImage.Open(TestImage.Attributes(20, 20, 16, 12, isSigned: true), DicomUid.JPEGLossless, LosslessEncoder.Encode(cells, 20, precision, predictor: 4));

        Assert.Equal(values, TestImage.Read(frames));
    }

    [Fact]
    public void Differences_of_32768_have_no_further_bits()
    {
        int[] values = [0x8000, 0, 0x8000, 0, 0xFFFF, 0x7FFF];

        Assert.Equal(values, Decode(values, 3, 16, predictor: 1));
    }

    [Fact]
    public void A_restart_within_a_line_is_refused()
    {
        var codes = LosslessEncoder.Encode(new int[12], 3, 8, predictor: 1);
        codes[codes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDD]) + 5] = 2;

        var frames = TestImage.Open(TestImage.Attributes(4, 3, 8, 8), DicomUid.JPEGLossless, codes);

        Assert.Contains("whole lines", Assert.Throws<DicomFormatException>(() => TestImage.Read(frames)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, 4, 16)]
    [InlineData(3, 3, 16)]
    [InlineData(4, 3, 8)]
    public void Codes_of_another_image_are_refused(int rows, int columns, int allocated)
    {
        var codes = LosslessEncoder.Encode(new int[12], 3, 12, predictor: 1);

        var frames = TestImage.Open(TestImage.Attributes(rows, columns, allocated, 8), DicomUid.JPEGLossless, codes);

        Assert.Contains("but the image is", Assert.Throws<DicomFormatException>(() => TestImage.Read(frames)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Codes_cut_at_any_byte_are_refused_or_lack_nothing_but_their_end()
    {
        var values = TestImage.Values(9, 11, 12, isSigned: false);
        var codes = LosslessEncoder.Encode(values, 11, 12, predictor: 5, restartLines: 2);
        for (var length = 0; length < codes.Length; length++)
        {
            var cut = codes[..length];
            var error = Record.Exception(() => Assert.Equal(values, TestImage.Read(TestImage.Open(TestImage.Attributes(9, 11, 16, 12), DicomUid.JPEGLossless, cut))));

            Assert.True(error is DicomFormatException || (error is null && length >= codes.Length - 2), $"cut to {length} of {codes.Length}: {error}");
        }
    }

    [Fact]
    public void Damaged_codes_never_do_more_than_throw()
    {
        const int Seed = 14;
        var random = new Random(Seed);
        var whole = LosslessEncoder.Encode(TestImage.Values(16, 16, 12, isSigned: false), 16, 12, predictor: 6, restartLines: 4);
        for (var trial = 0; trial < 5000; trial++)
        {
            var codes = (byte[])whole.Clone();
            for (var i = random.Next(1, 5); i > 0; i--)
            {
                codes[random.Next(trial % 2 == 0 ? 70 : codes.Length)] = (byte)random.Next(256);
            }

            var error = Record.Exception(() => TestImage.Read(TestImage.Open(TestImage.Attributes(16, 16, 16, 12), DicomUid.JPEGLossless, codes)));

            Assert.True(error is null or DicomFormatException, $"seed {Seed}, trial {trial}: {error}");
        }
    }

    private static int[] Decode(int[] values, int columns, int precision, int predictor, int pointTransform = 0, int restartLines = 0)
    {
        var allocated = precision > 8 ? 16 : 8;
        var codes = LosslessEncoder.Encode(values, columns, precision, predictor, pointTransform, restartLines);
        return TestImage.Read(TestImage.Open(TestImage.Attributes(values.Length / columns, columns, allocated, precision), DicomUid.JPEGLossless, codes));
    }
}
