using BrainTumorDicom.Slices.Phantoms;
using BrainTumorDicom.Training.Data.Volumes;

namespace BrainTumorDicom.Training.Tests.Data.Volumes;

public sealed class VolumeReaderTests
{
    [Fact]
    public void A_series_becomes_a_block_whose_axial_slices_are_its_own()
    {
        var folder = Directory.CreateTempSubdirectory("btd-volume-").FullName;
        var phantom = HeadPhantom.Create(PhantomClass.NoTumor, 3, new PhantomOptions(Slices: 12, Size: 48));
        var files = PhantomSeries.Write(phantom, folder);

        var volume = VolumeReader.Read(files);

        Assert.NotNull(volume);
        Assert.Equal((48, 48, 12), volume.Extents);
        Assert.Equal(phantom.SliceSpacing, volume.Spacings.Z, 1e-3);
        Assert.Equal(HeadPlane.Axial, volume.Native);
        var slice = volume.Slice(HeadPlane.Axial, 5).Values;
        Assert.Equal(phantom.Slice(5)[(24 * 48) + 20] / phantom.Slice(5)[(24 * 48) + 26], slice[(24 * 48) + 20] / slice[(24 * 48) + 26], 0.05);
        Assert.Null(VolumeReader.Read([.. files.Take(4)]));
        Directory.Delete(folder, recursive: true);
    }
}
