using BrainTumorDicom.Training.Graph;

namespace BrainTumorDicom.Training.Networks;

/// <summary>
/// Where a network's parameters and normalisation statistics come from. All parameters lie in one flat vector, all
/// statistics in another, in the order in which the network asks for them.
/// </summary>
internal abstract class Parameters(Tape tape)
{
    private readonly List<ParameterSpec> _specs = [];

    /// <summary>The parameters asked for so far, in order.</summary>
    public IReadOnlyList<ParameterSpec> Specs => _specs;

    /// <summary>Length of the parameter vector so far.</summary>
    public int Length { get; private set; }

    /// <summary>Length of the statistics vector so far: for each normalisation the means, then the variances.</summary>
    public int StatisticsLength { get; private set; }

    protected Tape Tape { get; } = tape;

    /// <summary>The next parameter.</summary>
    public Symbol Next(ParameterSpec spec)
    {
        var symbol = Read(spec, Length);
        _specs.Add(spec);
        Length += spec.Size;
        return symbol;
    }

    /// <summary>Batch normalisation with the next scale, shift and statistics.</summary>
    public Symbol Normalize(Symbol images, string name)
    {
        var channels = images.Shape[1];
        var scale = Next(new ParameterSpec(name + ".scale", Initialization.Ones, channels));
        var shift = Next(new ParameterSpec(name + ".shift", Initialization.Zeros, channels));
        var output = Normalize(images, scale, shift, StatisticsLength);
        StatisticsLength += 2 * (int)channels;
        return output;
    }

    protected abstract Symbol Read(ParameterSpec spec, int offset);

    protected abstract Symbol Normalize(Symbol images, Symbol scale, Symbol shift, int statisticsOffset);
}
