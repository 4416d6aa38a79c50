using BrainTumorDicom.Training.Loop;
using BrainTumorDicom.Training.Networks;
using BrainTumorDicom.Training.Tests.Networks;
using Microsoft.ML.OnnxRuntime;

namespace BrainTumorDicom.Training.Tests.Loop;

public sealed class StepRunnerTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_step_is_Adam_on_the_gradient_and_moves_the_average(bool coupled)
    {
        var run = new NetworkRun("residual");
        var gradient = (float[])run.Differentiate().Gradient.Clone();
        using var runner = run.Start();

        runner.Run(run.Inputs, new StepRates(0.01, 0.05, 0.25, 1, coupled));

        // From zero moments the first step of Adam is rate · g / (|g| + tiny), after decay of kernels alone.
        var (next, offset) = (runner.Snapshot(), 0);
        foreach (var spec in run.Graph.Specs)
        {
            for (var i = offset; i < offset + spec.Size; i++)
            {
                var before = run.State.Parameters[i];
                var slope = gradient[i] + (coupled && spec.Decays ? 0.05f * before : 0);
                var decayed = before * (!coupled && spec.Decays ? 1 - (0.01 * 0.05) : 1);
                var expected = decayed - (0.01 * slope / (Math.Abs(slope) + 1e-8));
                Assert.True(Math.Abs(expected - next.Parameters[i]) < 2e-4 || Math.Abs(slope) < 1e-6, $"{spec.Name}: {slope}");
                Assert.Equal(run.State.Average[i] + (0.25 * (next.Parameters[i] - run.State.Average[i])), next.Average[i], 1e-5);
            }

            offset += spec.Size;
        }
    }

    [Fact]
    public void Parts_of_a_batch_make_the_step_of_the_whole_where_nothing_is_normalised()
    {
        var run = new NetworkRun("cnn3-wide");
        var rates = new StepRates(1e-3, 0.05, 0.25, 1);
        using var whole = run.Start();
        var part = TrainingGraph.Build(run.Design, NetworkRun.Batch / 2, run.Tiny.Size, NetworkRun.ClassWeights, 0.1f);
        using var options = new SessionOptions { IntraOpNumThreads = 1 };
        using var parted = new StepRunner(part, run.State, run.Tiny.Size, parts: 2, seed: 1, threads: 2, options);
        var (losses, partedLosses) = (new List<float>(), new List<float>());

        for (var i = 0; i < 3; i++)
        {
            losses.Add(whole.Run(run.Inputs, rates));
            partedLosses.Add(parted.Run(run.Inputs, rates));
        }

        NetworkTests.AssertClose(losses, partedLosses, 1e-4);
        NetworkTests.AssertClose(whole.Logits.ToArray(), parted.Logits.ToArray(), 1e-3);
    }

    [Theory]
    [InlineData(32, 1, 1)]
    [InlineData(32, 2, 2)]
    [InlineData(32, 4, 4)]
    [InlineData(32, 16, 4)]
    [InlineData(8, 2, 1)]
    [InlineData(18, 2, 2)]
    [InlineData(17, 2, 1)]
    public void A_batch_is_parted_among_the_threads_but_not_below_eight_slices(int batch, int threads, int parts) =>
        Assert.Equal(parts, StepRunner.PartsOf(batch, threads));

    [Fact]
    public void Dropout_drops_what_its_seed_and_step_say_and_nothing_else()
    {
        var (first, again, other) = (Losses(1), Losses(1), Losses(2));

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.Equal(first.Length, first.Distinct().Count());

        // Nothing is learned, so that the masks alone make the difference.
        static float[] Losses(int seed)
        {
            var run = new NetworkRun("cnn3-wide", dropout: 0.5);
            using var runner = run.Start(seed);
            return [.. Enumerable.Range(0, 3).Select(_ => runner.Run(run.Inputs, default))];
        }
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.5)]
    public void A_mask_drops_the_part_that_was_asked_for(double probability)
    {
        var mask = new DropoutMask("mask", [200, 500], probability);
        var kept = new bool[mask.Size];
        var random = new SeededRandom(1, stream: 2);

        mask.Draw(ref random, kept);

        Assert.Equal(1 - probability, kept.Count(value => value) / (double)kept.Length, 5e-3);
    }

    [Fact]
    public void A_frozen_body_keeps_its_parameters_and_statistics_while_the_head_learns()
    {
        var run = new NetworkRun("resnet50", BodyTraining.Frozen, hidden: 6);
        using var runner = run.Start();
        var first = runner.Run(run.Inputs, new StepRates(1e-2, 0.05, 1, 1));
        var last = first;
        for (var i = 0; i < 20; i++)
        {
            last = runner.Run(run.Inputs, new StepRates(1e-2, 0.05, 1, 1));
        }

        var state = runner.Snapshot();
        Assert.True(last < first);
        Assert.Equal(run.State.Parameters[..run.Graph.FirstTrained], state.Parameters[..run.Graph.FirstTrained]);
        Assert.NotEqual(run.State.Parameters[run.Graph.FirstTrained..], state.Parameters[run.Graph.FirstTrained..]);
        Assert.Equal(run.State.Statistics, state.Statistics);
    }
}
