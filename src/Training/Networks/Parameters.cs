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

    /// <summary>Where the parameters of the head begin, once it has begun.</summary>
    public int? HeadStart { get; private set; }

    /// <summary>Whether this is the model as it is shipped, which also says where it looks.</summary>
    public abstract bool Exporting { get; }

    protected Tape Tape { get; } = tape;

    /// <summary>Everything asked for from here on belongs to the head.</summary>
    public void BeginHead() => HeadStart = Length;

    /// <summary>The next parameter.</summary>
    public Symbol Next(ParameterSpec spec)
    {
        var symbol = Read(spec, Length);
        _specs.Add(spec);
        Length += spec.Size;
        return symbol;
    }

    /// <summary>Batch normalisation with the next statistics.</summary>
    public Symbol Normalize(Symbol images, Symbol scale, Symbol shift, float epsilon)
    {
        var output = Normalize(images, scale, shift, StatisticsLength, epsilon);
        StatisticsLength += 2 * (int)images.Shape[1];
        return output;
    }

    /// <summary>Drops values at random in training; the model as it is shipped keeps all.</summary>
    public abstract Symbol Drop(Symbol value, double probability);

    protected abstract Symbol Read(ParameterSpec spec, int offset);

    protected abstract Symbol Normalize(Symbol images, Symbol scale, Symbol shift, int statisticsOffset, float epsilon);
}
