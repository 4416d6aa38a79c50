using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Dicom.Pixels;
using BrainTumorDicom.Slices.Conversion;
using BrainTumorDicom.Slices.Phantoms;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Slices.Tests.Phantoms;

public sealed class EnhancedPhantomTests
{
    private static readonly PhantomOptions Small = new(Slices: 12, Size: 64);

    [PeerFact("dciodvfy")]
    public async Task Dciodvfy_finds_no_error_in_any_contrast()
    {
        var folder = Directory.CreateTempSubdirectory("btd-enhanced-").FullName;
        try
        {
            foreach (var contrast in Enum.GetValues<PhantomContrast>())
            {
                var file = EnhancedPhantom.Write(HeadPhantom.Create(PhantomClass.Pituitary, 5, Small with { Contrast = contrast }), Path.Combine(folder, contrast.ToString()));

                var (exitCode, output, error) = await PeerTools.RunAsync("dciodvfy", [file], TestContext.Current.CancellationToken);

                Assert.True(exitCode == 0 && (output + error).Contains("EnhancedMRImage", StringComparison.Ordinal), output + error);
                Assert.DoesNotContain("Error", output + error, StringComparison.Ordinal);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Its_frames_are_the_slices_of_the_series()
    {
        var phantom = HeadPhantom.Create(PhantomClass.Meningioma, 2, Small);

        var series = PhantomSeries.Create(phantom).Select(file => DicomSlices.Read(file, PixelFrames.Open(file), 0)).ToArray();
        var image = DicomFile.Read(EnhancedPhantom.Create(phantom).ToArray());
        var frames = PixelFrames.Open(image);

        Assert.Equal(series.Length, frames.FrameCount);
        for (var i = 0; i < series.Length; i++)
        {
            var frame = DicomSlices.Read(image, frames, i);
            Assert.Equal(series[i].Values, frame.Values);
            Assert.Equal((series[i].RowSpacing, series[i].ColumnSpacing), (frame.RowSpacing, frame.ColumnSpacing));
        }
    }
}
