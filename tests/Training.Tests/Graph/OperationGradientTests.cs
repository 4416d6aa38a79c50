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

    [Theory]
    [InlineData(3, 2, 8)] // the last row and column are not reached
    [InlineData(3, 2, 7)]
    [InlineData(2, 3, 7)]
    public void Depthwise_gradients_without_padding_match_finite_differences(int kernel, int stride, int extent) =>
        GradientCheck.Verify(
            (tape, x) => tape.Convolve(x[0], x[1], Window.Valid(kernel, stride), groups: 4),
            2e-3,
            ([2, 4, extent, extent], Smooth),
            ([4, 1, kernel, kernel], i => Smooth(i + 11)));

    [Theory]
    [InlineData(3, 1, 0, 0, 7)] // without padding
    [InlineData(3, 2, 0, 0, 9)]
    [InlineData(3, 2, 0, 1, 8)] // Keras' "same" on an even plane
    [InlineData(7, 2, 3, 3, 11)]
    [InlineData(1, 2, 0, 0, 7)]
    [InlineData(3, 1, 1, 0, 6)]
    public void Padding_may_differ_before_and_after(int kernel, int stride, int before, int after, int extent) =>
        GradientCheck.Verify(
            (tape, x) => tape.Convolve(x[0], x[1], new Window(kernel, stride, before, after), bias: x[2]),
            2e-3,
            ([2, 3, extent, extent], Smooth),
            ([4, 3, kernel, kernel], i => Smooth(i + 11)),
            ([4], Smooth));

    [Theory]
    [InlineData(4, 4, 4, 3, 1, 6)] // depthwise
    [InlineData(4, 4, 4, 3, 2, 8)]
    [InlineData(4, 4, 4, 3, 2, 7)]
    [InlineData(3, 3, 3, 5, 2, 9)]
    [InlineData(3, 3, 3, 5, 1, 6)]
    [InlineData(4, 6, 2, 3, 1, 5)] // two groups
    [InlineData(4, 8, 4, 3, 2, 6)]
    public void Grouped_convolution_gradients_match_finite_differences(int channels, int outputs, int groups, int kernel, int stride, int extent) =>
        GradientCheck.Verify(
            (tape, x) => tape.Convolve(x[0], x[1], Window.Centred(kernel, stride), groups),
            2e-3,
            ([2, channels, extent, extent], Smooth),
            ([outputs, channels / groups, kernel, kernel], i => Smooth(i + 11)));

    [Fact]
    public void Normalization_by_kept_statistics_has_gradients_that_match_finite_differences() =>
        GradientCheck.Verify(
            (tape, x) => tape.NormalizeFrozen(x[0], x[1], x[2], tape.Graph.Constant([0.3f, -0.2f], 2), tape.Graph.Constant([1.5f, 0.4f], 2), 1e-3f),
            2e-3,
            ([3, 2, 3, 3], Smooth),
            ([2], i => 1 + (0.3f * i)),
            ([2], i => 0.4f + i));

    [Theory]
    [InlineData(2, 7, 5)]
    [InlineData(3, 7, 9)]
    public void Pooling_leaves_out_what_fills_no_square(int side, int rows, int columns)
    {
        GradientCheck.Verify((tape, x) => tape.PoolByMax(x[0], side), 1e-3, ([1, 2, rows, columns], Spread));
        GradientCheck.Verify((tape, x) => tape.PoolByMean(x[0], side), 1e-3, ([1, 2, rows, columns], Smooth));
    }

    [Theory]
    [InlineData(3, 2, 1, 1, 8)]
    [InlineData(3, 2, 0, 1, 8)]
    [InlineData(3, 2, 1, 1, 7)]
    [InlineData(3, 1, 1, 1, 5)]
    [InlineData(2, 2, 0, 0, 6)]
    public void Max_pool_gradients_of_windows_that_overlap_match_finite_differences(int kernel, int stride, int before, int after, int extent) =>
        GradientCheck.Verify(
            (tape, x) => tape.PoolByMax(x[0], new Window(kernel, stride, before, after)), 1e-3, ([2, 3, extent, extent], i => Spread(i * 7)));

    [Fact]
    public void Sigmoid_gradients_match_finite_differences() =>
        GradientCheck.Verify((tape, x) => tape.Sigmoid(x[0]), 1e-3, ([2, 20], Spread));

    [Fact]
    public void Silu_gradients_match_finite_differences() =>
        GradientCheck.Verify((tape, x) => tape.Silu(x[0]), 1e-3, ([2, 20], Spread));

    [Fact]
    public void Squeeze_and_excitation_gradients_match_finite_differences() =>
        GradientCheck.Verify(
            (tape, x) =>
            {
                var squeezed = tape.Silu(tape.Convolve(tape.View(tape.GlobalMean(x[0]), 4, 1, 1), x[1], Window.Valid(1), bias: x[2]));
                return tape.ScaleChannels(x[0], tape.Sigmoid(tape.Convolve(squeezed, x[3], Window.Valid(1), bias: x[4])));
            },
            2e-3,
            ([2, 4, 3, 3], Smooth),
            ([2, 4, 1, 1], i => Smooth(i + 3)),
            ([2], Smooth),
            ([4, 2, 1, 1], i => Smooth(i + 5)),
            ([4], Smooth));

    [Fact]
    public void Joined_channels_get_their_own_parts_of_the_gradient() =>
        GradientCheck.Verify(
            (tape, x) => tape.Relu(tape.JoinChannels([x[0], x[1], x[0]])), 1e-3, ([2, 2, 3, 3], Spread), ([2, 3, 3, 3], i => Spread(i + 5)));

    [Fact]
    public void Flattened_values_get_their_gradients_back() =>
        GradientCheck.Verify(
            (tape, x) => tape.Dense(tape.Flatten(x[0]), x[1], x[2]), 1e-3, ([2, 2, 3, 3], Smooth), ([4, 18], i => Smooth(i + 7)), ([4], Smooth));

    [Fact]
    public void A_mask_lets_the_gradient_through_where_it_lets_the_value_through() =>
        GradientCheck.Verify(
            (tape, x) => tape.Mask(x[0], tape.Graph.Nodes("Greater", [tape.Graph.Constant([1, -1, 1, 1, -1, 1], 2, 3), tape.Graph.Scalar(0)], [(ElementType.Bool, [2, 3])])[0], 1.25f),
            1e-3,
            ([2, 3], Smooth));

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
    public void The_generalised_mean_has_gradients_that_match_finite_differences() =>
        GradientCheck.Verify((tape, x) => tape.GlobalCubicMean(x[0]), 1e-3, ([2, 3, 4, 5], i => 1.1f + Smooth(i)));

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
