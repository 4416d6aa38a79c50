using BrainTumorDicom.Training.Graph;

namespace BrainTumorDicom.Training.Networks;

/// <summary>Parameters and statistics as constants of the graph: what a trained model is exported with.</summary>
/// <param name="tape">Where the network is written.</param>
/// <param name="parameters">The parameter vector.</param>
/// <param name="statistics">The statistics vector.</param>
internal sealed class FrozenParameters(Tape tape, ReadOnlyMemory<float> parameters, ReadOnlyMemory<float> statistics) : Parameters(tape)
{
    /// <inheritdoc/>
    public override bool Exporting => true;

    /// <inheritdoc/>
    public override Symbol Drop(Symbol value, double probability) => value;

    protected override Symbol Read(ParameterSpec spec, int offset) =>
        Tape.Graph.Named(spec.Name, parameters.Span.Slice(offset, spec.Size), spec.Shape);

    protected override Symbol Normalize(Symbol images, Symbol scale, Symbol shift, int statisticsOffset, float epsilon)
    {
        var channels = (int)images.Shape[1];
        var name = scale.Name[..scale.Name.LastIndexOf('.')];
        var mean = Tape.Graph.Named(name + ".running_mean", statistics.Span.Slice(statisticsOffset, channels), channels);
        var variance = Tape.Graph.Named(name + ".running_var", statistics.Span.Slice(statisticsOffset + channels, channels), channels);
        return Tape.NormalizeFrozen(images, scale, shift, mean, variance, epsilon);
    }
}
