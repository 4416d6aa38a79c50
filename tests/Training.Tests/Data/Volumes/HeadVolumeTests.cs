using BrainTumorDicom.Training.Data.Volumes;

namespace BrainTumorDicom.Training.Tests.Data.Volumes;

public sealed class HeadVolumeTests
{
    // The value at x, y, z is 100 z + 10 y + x.
    private static readonly HeadVolume Volume = new(
        [.. from z in Enumerable.Range(0, 4) from y in Enumerable.Range(0, 3) from x in Enumerable.Range(0, 2) select (100f * z) + (10 * y) + x],
        (2, 3, 4),
        (1, 1.5, 2),
        HeadPlane.Axial);

    [Fact]
    public void Axial_slices_have_the_front_up_and_the_patients_right_at_the_left()
    {
        var slice = Volume.Slice(HeadPlane.Axial, 2);

        Assert.Equal((3, 2, 1.5, 1.0), (slice.Rows, slice.Columns, slice.RowSpacing, slice.ColumnSpacing));
        Assert.Equal([200, 201, 210, 211, 220, 221], slice.Values);
    }

    [Fact]
    public void Coronal_and_sagittal_slices_have_the_top_up()
    {
        var coronal = Volume.Slice(HeadPlane.Coronal, 1);
        var sagittal = Volume.Slice(HeadPlane.Sagittal, 0);

        Assert.Equal([310, 311, 210, 211, 110, 111, 10, 11], coronal.Values);
        Assert.Equal([300, 310, 320, 200, 210, 220, 100, 110, 120, 0, 10, 20], sagittal.Values);
        Assert.Equal((2.0, 1.5), (sagittal.RowSpacing, sagittal.ColumnSpacing));
    }

    [Fact]
    public void Thick_slices_are_shown_in_their_own_plane_only()
    {
        Assert.Equal(3, Volume.Planes.Count());
        Assert.Equal([HeadPlane.Axial], (Volume with { Spacings = (1, 1, 5) }).Planes);
    }

    [Theory]
    [InlineData("a/t1", "a", true)]
    [InlineData("a/t1", "a/t1", true)]
    [InlineData("a/t1", "a/t2", false)]
    [InlineData("ab/t1", "a", false)]
    public void A_series_is_held_out_by_its_name_or_its_source(string name, string wanted, bool expected) =>
        Assert.Equal(expected, VolumeFolder.IsOf(name, wanted));
}
