using BrainTumorDicom.Training.Graph;

namespace BrainTumorDicom.Training.Networks;

/// <summary>Forward, loss and backward as a graph: what each step of a training runs.</summary>
/// <param name="Model">The bytes of the graph.</param>
/// <param name="Layers">Its layers, in the order of computation.</param>
/// <param name="Specs">Its parameters in the order of the vector: each an input, its gradient an output.</param>
/// <param name="Masks">The masks of dropout, each an input.</param>
/// <param name="StatisticsCount">Length of the statistics vector.</param>
internal sealed record TrainingGraph(
    byte[] Model, IReadOnlyList<NetworkLayer> Layers, IReadOnlyList<ParameterSpec> Specs, IReadOnlyList<DropoutMask> Masks, int StatisticsCount)
{
    /// <summary>The output with the statistics of the batch.</summary>
    public const string BatchStatisticsName = "statistics.batch";

    /// <summary>Slices in a batch.</summary>
    public required int Batch { get; init; }

    /// <summary>Rows and columns of a slice.</summary>
    public required int Size { get; init; }

    /// <summary>Weight of each class in the loss.</summary>
    public required float[] ClassWeights { get; init; }

    /// <summary>Whether the labels are parts of each class instead of numbers.</summary>
    public required bool Mixed { get; init; }

    /// <summary>Rows and columns of the map whose places are trained too (<see cref="PlaceHead"/>); 0 where they are not.</summary>
    public required int PlaceGrid { get; init; }

    /// <summary>How much of the body is trained.</summary>
    public required BodyTraining Body { get; init; }

    /// <summary>Where the trained part of the parameter vector begins; it reaches to the end.</summary>
    public required int FirstTrained { get; init; }

    /// <summary>Length of the parameter vector.</summary>
    public int ParameterCount { get; } = Specs.Sum(spec => spec.Size);

    /// <summary>Whether normalisation goes by the batch, whose statistics are then an output, or by the statistics vector, then an input.</summary>
    public bool GivesStatistics => Body == BodyTraining.Full && StatisticsCount > 0;

    /// <summary>Builds it for batches of one size.</summary>
    /// <param name="design">The network.</param>
    /// <param name="batch">Slices a run.</param>
    /// <param name="size">Rows and columns.</param>
    /// <param name="classWeights">Weight of each class in the loss.</param>
    /// <param name="smoothing">Label smoothing.</param>
    /// <param name="mixed">Whether the labels are parts of each class (input <c>targets</c> [N,K]) instead of numbers (<c>labels</c> [N]).</param>
    /// <param name="body">How much of the body is trained.</param>
    /// <param name="places">Whether the places of the last map are trained too, where the network has one.</param>
    public static TrainingGraph Build(
        NetworkDesign design,
        int batch,
        int size,
        ReadOnlySpan<float> classWeights,
        float smoothing,
        bool mixed = false,
        BodyTraining body = BodyTraining.Full,
        bool places = false)
    {
        var graph = new GraphBuilder();
        var tape = new Tape(graph);
        var parameters = new TrainableParameters(tape, body);
        var input = graph.Input("input", ElementType.Float, batch, 1, size, size);
        var labels = mixed
            ? graph.Input("targets", ElementType.Float, batch, classWeights.Length)
            : graph.Input("labels", ElementType.Int64, batch);

        // The sum of the labels' weights over the whole batch, of which this graph may see a part.
        var total = graph.Input("total", ElementType.Float, 1);
        var (outputs, layers) = design.Build(tape, parameters, input);
        var loss = tape.CrossEntropy(outputs.Logits, labels, classWeights, smoothing, total);
        var map = places ? outputs.Map : null;
        if (map is not null)
        {
            loss = graph.Add(loss, PlaceHead.Loss(tape, parameters, map, classWeights.Length));
        }

        tape.Backward();
        graph.Output(loss, "loss");
        graph.Output(outputs.Logits, "logits");
        parameters.DeclareOutputs();
        return new TrainingGraph(graph.ToModel(), layers, parameters.Specs, parameters.Masks, parameters.StatisticsLength)
        {
            Batch = batch,
            Size = size,
            ClassWeights = classWeights.ToArray(),
            Mixed = mixed,
            Body = body,
            PlaceGrid = (int)(map?.Shape[2] ?? 0),
            FirstTrained = body == BodyTraining.Frozen ? parameters.HeadStart ?? 0 : 0,
        };
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
}
