using BrainTumorDicom.Training.Evaluation;

namespace BrainTumorDicom.Training.Tests.Evaluation;

public sealed class FiguresTests
{
    [Fact]
    public void Confusion_recall_and_precision_count_as_their_names_say()
    {
        // True 0, 0, 0, 1, 1, 2 answered 0, 0, 1, 1, 1, 0.
        var predictions = Of([0, 0, 0, 1, 1, 2], [0, 0, 1, 1, 1, 0], margin: 5);

        var figures = Figures.Of(predictions, classes: 3, temperature: 1);

        Assert.Equal(6, figures.Count);
        Assert.Equal(4 / 6.0, figures.Accuracy);
        Assert.Equal([2, 1, 0, 0, 2, 0, 1, 0, 0], figures.Confusion);
        Assert.Equal([2 / 3.0, 1, 0], figures.Recall);
        Assert.Equal([2 / 3.0, 2 / 3.0, 0], figures.Precision);
    }

    [Fact]
    public void Calibration_error_is_the_distance_between_confidence_and_accuracy()
    {
        // Always the same confidence e^2 / (e^2 + 1), three of four right.
        var predictions = Of([0, 0, 0, 1], [0, 0, 0, 0], margin: 2, classes: 2);
        var confidence = Math.Exp(2) / (Math.Exp(2) + 1);

        Assert.Equal(confidence - 0.75, Figures.CalibrationError(predictions, temperature: 1), 1e-6);
    }

    [Fact]
    public void Temperature_makes_the_mean_confidence_equal_to_the_accuracy()
    {
        var random = new SeededRandom(2, stream: 0);
        var labels = Enumerable.Range(0, 4000).Select(_ => 0).ToArray();

        // Right with probability 0.8, whatever the margin claims: the best temperature says 0.8.
        var answers = labels.Select(_ => random.Chance(0.8) ? 0 : 1).ToArray();
        var right = answers.Count(answer => answer == 0) / 4000.0;
        var predictions = Of(labels, answers, margin: 7, classes: 2);

        var temperature = Temperature.Fit(predictions);

        Assert.Equal(right, 1 / (1 + Math.Exp(-7 / temperature)), 1e-3);
    }

    [Fact]
    public void The_gate_passes_what_looks_like_training_and_stops_what_does_not()
    {
        var random = new SeededRandom(5, stream: 1);
        var train = Features(2000);
        var gate = GateStatistics.Fit(train, Features(1000), new Predictions([], [], []), classes: 2);

        Assert.InRange(gate.Means[0], -0.2f, 0.2f);
        Assert.InRange(gate.Means[4], 3.8f, 4.2f);
        Assert.All(gate.Variances, variance => Assert.InRange(variance, 0.9f, 1.1f));
        var fresh = Features(1000);
        Assert.InRange(Enumerable.Range(0, 1000).Count(i => gate.Distance(fresh.FeaturesOf(i)) <= gate.Threshold), 985, 1000);
        Assert.True(gate.Distance([9, -9, 9, -9]) > gate.Threshold);

        Predictions Features(int count)
        {
            var labels = Enumerable.Range(0, count).Select(i => i % 2).ToArray();
            var features = labels.SelectMany(label => Enumerable.Range(0, 4).Select(_ => (float)((4 * label) + random.NextNormal()))).ToArray();
            return new Predictions(new float[count * 2], features, labels);
        }
    }

    [Fact]
    public void A_gate_that_saw_other_pictures_refuses_such_that_distance_alone_lets_through()
    {
        var random = new SeededRandom(6, stream: 1);
        var train = Around(0, 1500);

        // Between the classes, no further from each than their own slices.
        var gate = GateStatistics.Fit(train, Around(0, 500), Around(1.2, 500), classes: 2);

        var (heads, others) = (Around(0, 1000), Around(1.2, 1000));
        Assert.InRange(Enumerable.Range(0, 1000).Count(i => gate.Distance(heads.FeaturesOf(i)) <= gate.Threshold), 980, 1000);
        var refused = Enumerable.Range(0, 1000).Count(i => gate.Distance(others.FeaturesOf(i)) > gate.Threshold);
        var alone = gate with { OutlierWeights = [] };
        Assert.InRange(Enumerable.Range(0, 1000).Count(i => alone.Distance(others.FeaturesOf(i)) > gate.Threshold), 0, (int)(0.7 * refused));
        Assert.InRange(refused, 500, 1000);

        Predictions Around(double place, int count) => new(
            new float[2 * count],
            [.. Enumerable.Range(0, 6 * count).Select(_ => (float)(place + (0.8 * random.NextNormal())))],
            [.. Enumerable.Range(0, count).Select(i => i % 2)]);
    }

    private static Predictions Of(int[] labels, int[] answers, float margin, int classes = 3) => new(
        [.. answers.SelectMany(answer => Enumerable.Range(0, classes).Select(c => c == answer ? margin : 0))], new float[labels.Length], labels);
}
