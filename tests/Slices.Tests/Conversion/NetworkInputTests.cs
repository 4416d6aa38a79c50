using BrainTumorDicom.Slices.Conversion;

namespace BrainTumorDicom.Slices.Tests.Conversion;

public sealed class NetworkInputTests
{
    private const int Size = 40;

    [Fact]
    public void Without_options_nothing_changes()
    {
        var slice = Slice();

        NetworkInput.Finish(new PreprocessingParameters(Size), slice);

        Assert.True(NetworkInput.IsIdentity(new PreprocessingParameters(Size)));
        Assert.Equal(Slice(), slice);
    }

    [Fact]
    public void Symmetric_values_run_from_minus_one_to_one()
    {
        float[] slice = [0, 0.25f, 0.5f, 1];

        NetworkInput.Finish(new PreprocessingParameters(2, Symmetric: true), slice);

        Assert.Equal([-1, -0.5f, 0, 1], slice);
    }

    [Fact]
    public void A_mirror_image_exchanges_left_and_right_of_every_row_of_every_slice()
    {
        var mirrored = new float[8];

        NetworkInput.Mirror([1, 2, 3, 4, 5, 6, 7, 8], size: 2, mirrored);

        Assert.Equal([2, 1, 4, 3, 6, 5, 8, 7], mirrored);
    }

    [Fact]
    public void Equalised_contrast_is_larger_where_it_was_small_but_not_beyond_the_clip_limit()
    {
        var (flat, strong) = (Slice(), Slice());
        var before = Spread(flat);

        NetworkInput.Finish(new PreprocessingParameters(Size, Clahe: new ClaheParameters(1)), flat);
        NetworkInput.Finish(new PreprocessingParameters(Size, Clahe: new ClaheParameters(40)), strong);

        Assert.All(strong, value => Assert.InRange(value, 0, 1));
        Assert.True(Spread(strong) > Spread(flat));
        Assert.True(Spread(strong) > 2 * before);
    }

    /// <summary>Low contrast everywhere: 0.4 to 0.5.</summary>
    internal static float[] Slice() => [.. Enumerable.Range(0, Size * Size).Select(i => 0.4f + (0.1f * (((i % Size * 7) + (i / Size * 13)) % 29) / 29f))];

    private static float Spread(float[] slice) => slice.Max() - slice.Min();
}
