using BrainTumorDicom.Training.Data;

namespace BrainTumorDicom.Training.Tests.Data;

public sealed class ToneAndHistoryTests
{
    [Fact]
    public void A_tone_curve_stays_in_range_and_leaves_the_background_dark()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var tones = Enumerable.Range(0, 256).Select(i => i / 255f).ToArray();
            var random = new SeededRandom(seed, stream: 1);

            ToneCurve.Apply(tones, ref random);

            Assert.All(tones, tone => Assert.InRange(tone, 0f, 1f));
            Assert.Equal(0, tones[0]);
        }
    }

    [Theory]
    [InlineData(95, 0.02)]
    [InlineData(10, 0.25)]
    public void Jpeg_history_changes_a_view_the_more_the_lower_its_quality(double quality, double most)
    {
        const int Size = 32;
        var view = Enumerable.Range(0, Size * Size).Select(i => (float)(0.5 + (0.4 * Math.Sin(i % Size * 0.9) * Math.Cos(i / Size * 0.7)))).ToArray();
        var changed = (float[])view.Clone();

        JpegHistory.Apply(changed, Size, quality);

        var difference = view.Zip(changed, (a, b) => Math.Abs(a - b)).Max();
        Assert.InRange(difference, 1e-4, most);
        Assert.InRange(changed.Average(), view.Average() - 0.02f, view.Average() + 0.02f);
    }
}
