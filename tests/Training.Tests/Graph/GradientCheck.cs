using BrainTumorDicom.Training.Graph;
using Microsoft.ML.OnnxRuntime;

namespace BrainTumorDicom.Training.Tests.Graph;

/// <summary>Compares the emitted gradients of an operation with central differences of its emitted forward pass.</summary>
internal static class GradientCheck
{
    private const float Delta = 1e-2f;

    /// <summary>Fails when a gradient is off by more than <paramref name="tolerance"/> of the largest.</summary>
    public static void Verify(Func<Tape, Symbol[], Symbol> operation, double tolerance, params (long[] Shape, Func<int, float> Content)[] inputs)
    {
        var graph = new GraphBuilder();
        var tape = new Tape(graph);
        var symbols = new Symbol[inputs.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            symbols[i] = graph.Input($"x{i}", ElementType.Float, inputs[i].Shape);
            symbols[i].NeedsGradient = true;
        }

        var output = operation(tape, symbols);
        var random = new Random(5);
        var weights = Enumerable.Range(0, (int)output.Size).Select(_ => (float)(random.NextDouble() + 0.5)).ToArray();
        if (output.Size > 1)
        {
            tape.RecordLoss(output, () => graph.Constant(weights, output.Shape));
        }
        else
        {
            // The operation is a loss itself and has begun the backward pass.
            weights[0] = 1;
        }

        tape.Backward();
        graph.Output(output, "y");
        for (var i = 0; i < symbols.Length; i++)
        {
            graph.Output(tape.Gradient(symbols[i]), $"g{i}");
        }

        var values = Array.ConvertAll(inputs, input =>
            Enumerable.Range(0, (int)input.Shape.Aggregate(1L, (a, b) => a * b)).Select(input.Content).ToArray());
        using var session = new InferenceSession(graph.ToModel());
        var gradients = Enumerable.Range(0, inputs.Length).Select(i => Run(session, inputs, values, $"g{i}")).ToArray();
        for (var i = 0; i < inputs.Length; i++)
        {
            var scale = gradients[i].Max(Math.Abs);
            Assert.True(scale > 0, $"gradient {i} is zero");
            for (var j = 0; j < values[i].Length; j++)
            {
                var expected = Difference(i, j);
                Assert.True(
                    Math.Abs(gradients[i][j] - expected) <= tolerance * Math.Max(scale, 1e-3),
                    $"input {i} element {j}: {gradients[i][j]} against {expected}, scale {scale}");
            }
        }

        double Difference(int i, int j)
        {
            var kept = values[i][j];
            values[i][j] = kept + Delta;
            var high = Loss();
            values[i][j] = kept - Delta;
            var low = Loss();
            values[i][j] = kept;
            return (high - low) / (2 * Delta);
        }

        double Loss() => Run(session, inputs, values, "y").Zip(weights, (y, w) => (double)y * w).Sum();
    }

    private static float[] Run(InferenceSession session, (long[] Shape, Func<int, float> Content)[] inputs, float[][] values, string output)
    {
        var names = session.InputMetadata.Keys.OrderBy(name => name, StringComparer.Ordinal).ToArray();
        var tensors = names.Select(name => int.Parse(name[1..], System.Globalization.CultureInfo.InvariantCulture))
            .Select(i => OrtValue.CreateTensorValueFromMemory(values[i], inputs[i].Shape)).ToArray();
        using var options = new RunOptions();
        using var results = session.Run(options, names, tensors, [output]);
        foreach (var tensor in tensors)
        {
            tensor.Dispose();
        }

        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
