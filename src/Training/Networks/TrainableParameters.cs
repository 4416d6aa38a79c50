using System.Globalization;
using BrainTumorDicom.Training.Graph;

namespace BrainTumorDicom.Training.Networks;

/// <summary>Parameters as inputs of the graph, their gradients as outputs; dropout by masks that are inputs too.</summary>
internal sealed class TrainableParameters(Tape tape, BodyTraining body) : Parameters(tape)
{
    /// <summary>The input that holds the statistics vector, where it is read.</summary>
    public const string StatisticsName = "statistics";

    private readonly List<Symbol> _symbols = [];
    private readonly List<Symbol> _statistics = [];
    private readonly List<DropoutMask> _masks = [];

    /// <inheritdoc/>
    public override bool Exporting => false;

    /// <summary>The masks of dropout.</summary>
    public IReadOnlyList<DropoutMask> Masks => _masks;

    /// <summary>The gradient's name of a parameter.</summary>
    public static string GradientName(ParameterSpec spec) => "gradient." + spec.Name;

    /// <summary>Declares what is only known once the network is built and the tape has run backward.</summary>
    public void DeclareOutputs()
    {
        for (var i = 0; i < Specs.Count; i++)
        {
            if (_symbols[i].NeedsGradient)
            {
                Tape.Graph.Output(Tape.Gradient(_symbols[i]), GradientName(Specs[i]));
            }
        }

        if (body != BodyTraining.Full && StatisticsLength > 0)
        {
            Tape.Graph.Input(StatisticsName, ElementType.Float, StatisticsLength);
        }
        else if (_statistics.Count > 0)
        {
            Tape.Graph.Output(Tape.Graph.Concat(axis: 0, _statistics), TrainingGraph.BatchStatisticsName);
        }
    }

    /// <inheritdoc/>
    public override Symbol Drop(Symbol value, double probability)
    {
        if (probability == 0)
        {
            return value;
        }

        var mask = new DropoutMask(string.Create(CultureInfo.InvariantCulture, $"mask.{_masks.Count}"), value.Shape, probability);
        _masks.Add(mask);
        return Tape.Mask(value, Tape.Graph.Input(mask.Name, ElementType.Bool, mask.Shape), (float)(1 / (1 - probability)));
    }

    protected override Symbol Read(ParameterSpec spec, int offset)
    {
        var symbol = Tape.Graph.Input(spec.Name, ElementType.Float, spec.Shape);
        symbol.NeedsGradient = body != BodyTraining.Frozen || HeadStart is not null;
        _symbols.Add(symbol);
        return symbol;
    }

    protected override Symbol Normalize(Symbol images, Symbol scale, Symbol shift, int statisticsOffset, float epsilon)
    {
        if (body != BodyTraining.Full)
        {
            // Read before it is declared: only the name counts here.
            var channels = images.Shape[1];
            var all = new Symbol(StatisticsName, ElementType.Float, [statisticsOffset + (2 * channels)]);
            var kept = Tape.Graph.Slice(all, axis: 0, statisticsOffset, channels);
            return Tape.NormalizeFrozen(images, scale, shift, kept, Tape.Graph.Slice(all, axis: 0, statisticsOffset + channels, channels), epsilon);
        }

        var (output, mean, variance) = Tape.Normalize(images, scale, shift, epsilon);
        _statistics.Add(mean);
        _statistics.Add(variance);
        return output;
    }
}
