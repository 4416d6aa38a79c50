using BrainTumorDicom.Training.Graph;

namespace BrainTumorDicom.Training.Tests.Graph;

public sealed class OperationGradientTests
{
    // Well apart and never within a finite difference of 0 or of each other, so that kinks (ReLU, max) are not stepped over.
    private static float Spread(int i) => (((i * 37) % 101) - 50.5f) / 25f;

    private static float Smooth(int i) => (float)Math.Sin((i * 1.7) + 0.3);

    [Theory]
    [InlineData(3, 5, 1, 1, 6, 6)] // runs
    [InlineData(3, 4, 3, 1, 6, 8)]
    [InlineData(3, 4, 3, 2, 6, 8)] // phased runs
    [InlineData(3, 4, 3, 2, 7, 5)] // shifts
    [InlineData(2, 3, 5, 2, 8, 8)]
    [InlineData(1, 4, 5, 2, 8, 10)] // one channel
    [InlineData(1, 2, 3, 1, 5, 5)]
    [InlineData(2, 3, 5, 1, 6, 6)]
    [InlineData(4, 3, 1, 2, 6, 6)]
    public void Convolution_gradients_match_finite_differences(int channels, int outputs, int kernel, int stride, int rows, int columns) =>
        GradientCheck.Verify(
            (tape, x) => tape.Convolve(x[0], x[1], stride, kernel / 2),
            2e-3,
            ([2, channels, rows, columns], Smooth),
            ([outputs, channels, kernel, kernel], i => Smooth(i + 11)));

    [Fact]
    public void Batch_normalization_gradients_match_finite_differences() =>
        GradientCheck.Verify(
            (tape, x) => tape.Relu(tape.Normalize(x[0], x[1], x[2]).Output),
            1e-2,
            ([3, 2, 3, 3], i => Spread(i) * 2),
            ([2], i => 1 + (0.3f * i)),
            ([2], i => 4f + i));

    [Fact]
    public void Max_pool_gradients_match_finite_differences() =>
        GradientCheck.Verify((tape, x) => tape.HalveByMax(x[0]), 1e-3, ([1, 2, 6, 8], Spread));

    [Fact]
    public void Mean_pool_gradients_match_finite_differences() =>
        GradientCheck.Verify((tape, x) => tape.HalveByMean(x[0]), 1e-3, ([2, 3, 4, 6], Smooth));

    [Fact]
    public void Global_mean_gradients_match_finite_differences() =>
        GradientCheck.Verify((tape, x) => tape.GlobalMean(x[0]), 1e-3, ([2, 3, 4, 5], Smooth));

    [Fact]
    public void Relu_gradients_match_finite_differences() =>
        GradientCheck.Verify((tape, x) => tape.Relu(x[0]), 1e-3, ([2, 40], Spread));

    [Fact]
    public void A_value_read_twice_gets_the_sum_of_both_gradients() =>
        GradientCheck.Verify(
            (tape, x) => tape.AddResidual(tape.Relu(x[0]), tape.AddResidual(x[0], x[1])), 1e-3, ([2, 20], Spread), ([2, 20], Smooth));

    [Fact]
    public void Dense_gradients_match_finite_differences() =>
        GradientCheck.Verify(
            (tape, x) => tape.Dense(x[0], x[1], x[2]), 1e-3, ([3, 5], Smooth), ([4, 5], i => Smooth(i + 7)), ([4], Smooth));

    [Theory]
    [InlineData(0f)]
    [InlineData(0.1f)]
    public void Cross_entropy_gradients_match_finite_differences(float smoothing) =>
        GradientCheck.Verify(
            (tape, x) => tape.CrossEntropy(x[0], tape.Graph.Integers(2, 0, 1), [1f, 0.7f, 1.4f], smoothing), 2e-3, ([3, 3], Smooth));
}
