using BrainTumorDicom.Training.Graph;

namespace BrainTumorDicom.Training.Networks;

/// <summary>Parameters cut out of the graph's input vector; normalisation with the statistics of the batch.</summary>
internal sealed class TrainableParameters(Tape tape) : Parameters(tape)
{
    /// <summary>The input that holds the parameter vector.</summary>
    public const string InputName = "parameters";

    private readonly List<Symbol> _symbols = [];
    private readonly List<Symbol> _statistics = [];

    /// <summary>Declares the input vector, once the network is built and its length known.</summary>
    public Symbol DeclareInput() => Tape.Graph.Input(InputName, ElementType.Float, Length);

    /// <summary>The gradient by the whole vector, once the tape has run backward.</summary>
    public Symbol Gradient() => Tape.Graph.Concat(
        axis: 0, _symbols.ConvertAll(symbol => Tape.Graph.Reshape(Tape.Gradient(symbol), symbol.Size)));

    /// <summary>The statistics of this batch as one vector.</summary>
    public Symbol BatchStatistics() => Tape.Graph.Concat(axis: 0, _statistics);

    /// <summary>1 where weight decay applies, else 0.</summary>
    public float[] DecayMask() => [.. Specs.SelectMany(spec => Enumerable.Repeat(spec.Decays ? 1f : 0f, spec.Size))];

    protected override Symbol Read(ParameterSpec spec, int offset)
    {
        // Read before it is declared: only the name counts here.
        var vector = new Symbol(InputName, ElementType.Float, [offset + spec.Size]);
        var symbol = Tape.Graph.Reshape(Tape.Graph.Slice(vector, axis: 0, offset, spec.Size), spec.Shape);
        symbol.NeedsGradient = true;
        _symbols.Add(symbol);
        return symbol;
    }

    protected override Symbol Normalize(Symbol images, Symbol scale, Symbol shift, int statisticsOffset)
    {
        var (output, mean, variance) = Tape.Normalize(images, scale, shift);
        _statistics.Add(mean);
        _statistics.Add(variance);
        return output;
    }
}
