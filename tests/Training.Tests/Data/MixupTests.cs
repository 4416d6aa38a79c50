using BrainTumorDicom.Training.Data;

namespace BrainTumorDicom.Training.Tests.Data;

public sealed class MixupTests
{
    [Theory]
    [InlineData(0.2)]
    [InlineData(1)]
    [InlineData(4)]
    public void Slices_and_labels_are_mixed_by_the_same_part_with_the_variance_of_Beta(double alpha)
    {
        var mixup = new Mixup(alpha, classes: 2);
        var random = new SeededRandom(1, stream: 0);
        var parts = new List<double>();
        for (var i = 0; i < 4000; i++)
        {
            var mixed = mixup.Mix(new SliceBatch([1, 0], [0, 1]), ref random);
            Assert.Equal(mixed.Inputs[0], mixed.Targets![0], 1e-6);
            Assert.Equal(1, mixed.Targets[0] + mixed.Targets[1], 1e-6);
            Assert.Equal(mixed.Targets[0] >= 0.5f ? 0 : 1, mixed.Labels[0]);
            parts.Add(mixed.Targets[0]);
        }

        Assert.Equal(0.5, parts.Average(), 0.03);
        Assert.Equal(1 / (4 * ((2 * alpha) + 1)), parts.Average(part => (part - 0.5) * (part - 0.5)), 0.01);
    }
}
