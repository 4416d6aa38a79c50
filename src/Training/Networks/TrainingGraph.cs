using BrainTumorDicom.Training.Graph;

namespace BrainTumorDicom.Training.Networks;

/// <summary>One training step as a graph: forward, loss, backward, AdamW, running averages.</summary>
/// <param name="Model">The bytes of the graph.</param>
/// <param name="Specs">Its parameters in the order of the vector.</param>
/// <param name="ParameterCount">Length of the parameter vector.</param>
/// <param name="StatisticsCount">Length of the statistics vector.</param>
internal sealed record TrainingGraph(byte[] Model, IReadOnlyList<ParameterSpec> Specs, int ParameterCount, int StatisticsCount)
{
    /// <summary>The state vectors: input <c>name</c>, output <c>name.next</c>.</summary>
    public static readonly string[] StateNames = [TrainableParameters.InputName, "momentum", "variance", "average", "statistics"];

    /// <summary>How many numbers the input <c>rates</c> has: see <see cref="Loop.StepRates"/>.</summary>
    public const int RateCount = 5;

    private const float FirstDecay = 0.9f;
    private const float SecondDecay = 0.999f;
    private const float Epsilon = 1e-8f;

    /// <summary>Builds the step for batches of one size.</summary>
    /// <param name="network">The network.</param>
    /// <param name="batch">Slices a step.</param>
    /// <param name="size">Rows and columns.</param>
    /// <param name="classWeights">Weight of each class in the loss.</param>
    /// <param name="smoothing">Label smoothing.</param>
    /// <param name="mixed">Whether the labels are parts of each class (input <c>targets</c> [N,K]) instead of numbers (<c>labels</c> [N]).</param>
    /// <param name="coupledDecay">Whether weight decay is part of the gradient, as in Adam, instead of apart from it, as in AdamW.</param>
    /// <param name="withGradient">Whether the gradient is an output too (<c>gradient</c>), for checks.</param>
    public static TrainingGraph Build(
        ResidualNetwork network, int batch, int size, ReadOnlySpan<float> classWeights, float smoothing, bool mixed = false, bool coupledDecay = false, bool withGradient = false)
    {
        var graph = new GraphBuilder();
        var tape = new Tape(graph);
        var parameters = new TrainableParameters(tape);
        var input = graph.Input("input", ElementType.Float, batch, 1, size, size);
        var labels = mixed
            ? graph.Input("targets", ElementType.Float, batch, classWeights.Length)
            : graph.Input("labels", ElementType.Int64, batch);
        var outputs = network.Build(tape, parameters, input);
        var loss = tape.CrossEntropy(outputs.Logits, labels, classWeights, smoothing);
        tape.Backward();
        graph.Output(loss, "loss");
        graph.Output(outputs.Logits, "logits");
        var gradient = parameters.Gradient();
        if (withGradient)
        {
            graph.Output(gradient, "gradient");
        }

        Update(graph, parameters, gradient, coupledDecay);
        return new TrainingGraph(graph.ToModel(), parameters.Specs, parameters.Length, parameters.StatisticsLength);
    }

    /// <summary>The parameter vector before the first step.</summary>
    public float[] Initialize(int seed)
    {
        var random = new SeededRandom(seed, stream: 0);
        var vector = new float[ParameterCount];
        var offset = 0;
        foreach (var spec in Specs)
        {
            var part = vector.AsSpan(offset, spec.Size);
            var deviation = spec.Initialization switch
            {
                Initialization.He => Math.Sqrt(2.0 / spec.FanIn),
                Initialization.Small => 0.01,
                _ => 0,
            };
            foreach (ref var value in part)
            {
                value = spec.Initialization == Initialization.Ones ? 1 : deviation == 0 ? 0 : (float)(deviation * random.NextNormal());
            }

            offset += spec.Size;
        }

        return vector;
    }

    // AdamW (Loshchilov and Hutter, 2019) on the one vector, then the moving averages of parameters and statistics.
    private static void Update(GraphBuilder graph, TrainableParameters parameters, Symbol gradient, bool coupledDecay)
    {
        var values = parameters.DeclareInput();
        var momentum = graph.Input(StateNames[1], ElementType.Float, parameters.Length);
        var variance = graph.Input(StateNames[2], ElementType.Float, parameters.Length);
        var average = graph.Input(StateNames[3], ElementType.Float, parameters.Length);
        var statistics = graph.Input(StateNames[4], ElementType.Float, parameters.StatisticsLength);
        var rates = graph.Input("rates", ElementType.Float, RateCount);

        var decaying = graph.Multiply(values, graph.Constant(parameters.DecayMask(), parameters.Length));
        if (coupledDecay)
        {
            gradient = graph.Add(gradient, graph.Multiply(decaying, Rate(2)));
        }

        var nextMomentum = Blend(momentum, graph.Scalar(FirstDecay), gradient, graph.Scalar(1 - FirstDecay));
        var nextVariance = Blend(variance, graph.Scalar(SecondDecay), graph.Multiply(gradient, gradient), graph.Scalar(1 - SecondDecay));
        var root = graph.Add(graph.Multiply(graph.Map("Sqrt", nextVariance), Rate(1)), graph.Scalar(Epsilon));
        var step = graph.Divide(graph.Multiply(nextMomentum, Rate(0)), root);
        var kept = coupledDecay ? values : graph.Subtract(values, graph.Multiply(decaying, Rate(2)));
        var nextValues = graph.Subtract(kept, step);

        graph.Output(nextValues, StateNames[0] + ".next");
        graph.Output(nextMomentum, StateNames[1] + ".next");
        graph.Output(nextVariance, StateNames[2] + ".next");
        graph.Output(Move(average, nextValues, Rate(3)), StateNames[3] + ".next");
        graph.Output(Move(statistics, parameters.BatchStatistics(), Rate(4)), StateNames[4] + ".next");

        Symbol Rate(int index) => graph.Slice(rates, axis: 0, index, length: 1);

        Symbol Blend(Symbol a, Symbol weightA, Symbol b, Symbol weightB) => graph.Add(graph.Multiply(a, weightA), graph.Multiply(b, weightB));

        Symbol Move(Symbol from, Symbol to, Symbol fraction) => graph.Add(from, graph.Multiply(graph.Subtract(to, from), fraction));
    }
}
