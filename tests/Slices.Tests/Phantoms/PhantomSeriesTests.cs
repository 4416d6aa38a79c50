using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Dicom.Pixels;
using BrainTumorDicom.Slices.Conversion;
using BrainTumorDicom.Slices.Phantoms;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Slices.Tests.Phantoms;

public sealed class PhantomSeriesTests
{
    private static readonly PhantomOptions Small = new(Slices: 12, Size: 64);

    [PeerFact("dciodvfy,dcentvfy")]
    public async Task Dciodvfy_finds_no_error_in_any_contrast()
    {
        var folder = Directory.CreateTempSubdirectory("btd-phantom-").FullName;
        try
        {
            foreach (var contrast in Enum.GetValues<PhantomContrast>())
            {
                var phantom = HeadPhantom.Create(PhantomClass.Pituitary, 5, Small with { Contrast = contrast });
                var files = PhantomSeries.Write(phantom, Path.Combine(folder, contrast.ToString()));

                var (exitCode, output, error) = await PeerTools.RunAsync("dciodvfy", [files[5]], TestContext.Current.CancellationToken);
                var (_, entities, entityErrors) = await PeerTools.RunAsync("dcentvfy", files, TestContext.Current.CancellationToken);

                Assert.True(exitCode == 0 && !(output + error).Contains("Error", StringComparison.Ordinal), output + error);
                Assert.DoesNotContain("Error", entities + entityErrors, StringComparison.Ordinal);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void The_same_command_gives_the_same_bytes()
    {
        var first = PhantomSeries.Create(HeadPhantom.Create(PhantomClass.Glioma, 3, Small));
        var second = PhantomSeries.Create(HeadPhantom.Create(PhantomClass.Glioma, 3, Small));

        Assert.Equal(first.Select(file => Convert.ToHexString(file.ToArray())), second.Select(file => Convert.ToHexString(file.ToArray())));
    }

    [Fact]
    public void Another_seed_class_or_count_is_another_series_with_other_instances()
    {
        HeadPhantom[] phantoms =
        [
            HeadPhantom.Create(PhantomClass.Glioma, 3, Small),
            HeadPhantom.Create(PhantomClass.Glioma, 4, Small),
            HeadPhantom.Create(PhantomClass.NoTumor, 3, Small),
            HeadPhantom.Create(PhantomClass.Glioma, 3, Small with { Slices = 13 }),
        ];

        var instances = phantoms.SelectMany(PhantomSeries.Create).Select(file => file.Dataset.GetString(DicomTag.SOPInstanceUID)).ToArray();

        Assert.Equal(49, instances.Distinct().Count());
        Assert.Equal(4, phantoms.Select(phantom => PhantomSeries.Create(phantom)[0].Dataset.GetString(DicomTag.StudyInstanceUID)).Distinct().Count());
    }

    [Fact]
    public void Files_read_back_show_the_phantom_and_say_that_it_is_synthetic()
    {
        var phantom = HeadPhantom.Create(PhantomClass.Meningioma, 2, Small);

        var file = DicomFile.Read(PhantomSeries.Create(phantom)[7].ToArray());
        var slice = DicomSlices.Read(file, PixelFrames.Open(file), 0);

        Assert.Equal("PHANTOM^MENINGIOMA", file.Dataset.GetString(DicomTag.PatientName));
        Assert.Contains("ynthetic", file.Dataset.GetString(DicomTag.StudyDescription), StringComparison.Ordinal);
        Assert.Equal(phantom.PixelSpacing, slice.RowSpacing, 4);
        for (var i = 0; i < slice.Values.Length; i++)
        {
            Assert.Equal(Math.Min(phantom.Slice(7)[i] * 2400, 4095), slice.Values[i], 0.51f);
        }
    }
}
