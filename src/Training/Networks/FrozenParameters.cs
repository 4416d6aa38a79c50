using BrainTumorDicom.Training.Graph;

namespace BrainTumorDicom.Training.Networks;

/// <summary>Parameters and statistics as constants of the graph: what a trained model is exported with.</summary>
/// <param name="tape">Where the network is written.</param>
/// <param name="parameters">The parameter vector.</param>
/// <param name="statistics">The statistics vector.</param>
internal sealed class FrozenParameters(Tape tape, ReadOnlyMemory<float> parameters, ReadOnlyMemory<float> statistics) : Parameters(tape)
{
    protected override Symbol Read(ParameterSpec spec, int offset) =>
        Tape.Graph.Constant(parameters.Span.Slice(offset, spec.Size), spec.Shape);

    protected override Symbol Normalize(Symbol images, Symbol scale, Symbol shift, int statisticsOffset)
    {
        var channels = (int)images.Shape[1];
        var mean = Tape.Graph.Constant(statistics.Span.Slice(statisticsOffset, channels), channels);
        var variance = Tape.Graph.Constant(statistics.Span.Slice(statisticsOffset + channels, channels), channels);
        return BatchNormalization.NormalizeFrozen(Tape.Graph, images, scale, shift, mean, variance);
    }
}
