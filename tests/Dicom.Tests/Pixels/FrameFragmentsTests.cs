using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Dicom.Pixels;
using BrainTumorDicom.Dicom.Tests.Pixels.Jpeg;

namespace BrainTumorDicom.Dicom.Tests.Pixels;

public sealed class FrameFragmentsTests
{
    private static readonly int[] First = [1, 2, 3, 4];
    private static readonly int[] Second = [9, 8, 7, 6];

    [Fact]
    public void Frames_without_any_table_are_told_by_their_start_markers()
    {
        var (one, two) = Codes();

        AssertFrames(Open(default, [one.AsMemory(0, 40), one.AsMemory(40), two.AsMemory(0, 50), two.AsMemory(50)]));
    }

    [Fact]
    public void A_table_that_points_nowhere_gives_way_to_the_start_markers()
    {
        var (one, two) = Codes();

        AssertFrames(Open(new byte[] { 0, 0, 0, 0, 1, 0, 0, 0 }, [one.AsMemory(0, 40), one.AsMemory(40), two]));
    }

    [Fact]
    public void A_table_is_followed_before_any_marker()
    {
        var (one, two) = Codes();
        var second = 8 + 40 + 8 + one.Length - 40 + ((one.Length - 40) & 1);

        AssertFrames(Open(new byte[] { 0, 0, 0, 0, (byte)second, 0, 0, 0 }, [one.AsMemory(0, 40), one.AsMemory(40), two]));
    }

    [Fact]
    public void Where_frames_cannot_be_told_apart_the_image_is_refused()
    {
        var (one, _) = Codes();

        var error = Assert.Throws<DicomFormatException>(() => Open(default, [one.AsMemory(0, 40), one.AsMemory(40, 10), one.AsMemory(50)]));

        Assert.Contains("cannot be told", error.Message, StringComparison.Ordinal);
    }

    private static (byte[] One, byte[] Two) Codes() =>
        (LosslessEncoder.Encode(First, 2, 8, predictor: 1), LosslessEncoder.Encode(Second, 2, 8, predictor: 1));

    private static PixelFrames Open(ReadOnlyMemory<byte> table, ReadOnlyMemory<byte>[] fragments)
    {
        var dataset = TestImage.Attributes(2, 2, 8, 8, frames: 2);
        dataset.Add(new DicomFragments(DicomTag.PixelData, DicomVr.OB, table, fragments));
        return PixelFrames.Open(new DicomFile(dataset, DicomTransferSyntax.Find(DicomUid.JPEGLossless)!));
    }

    private static void AssertFrames(PixelFrames frames)
    {
        Assert.Equal(First, TestImage.Read(frames, 0));
        Assert.Equal(Second, TestImage.Read(frames, 1));
    }
}
