using BrainTumorDicom.Training.Graph;

namespace BrainTumorDicom.Training.Networks;

/// <summary>A network with its head: what is trained and exported.</summary>
/// <param name="Network">The architecture.</param>
/// <param name="Classes">How many classes.</param>
/// <param name="Hidden">Width of a further hidden layer in front of the classifier; 0 for none.</param>
/// <param name="Dropout">Replaces the network's own dropout probabilities, where it is given.</param>
internal sealed record NetworkDesign(INetwork Network, int Classes, int Hidden = 0, double? Dropout = null)
{
    /// <summary>Emits it for <paramref name="slices"/> [N,1,S,S].</summary>
    public (NetworkOutputs Outputs, IReadOnlyList<NetworkLayer> Layers) Build(Tape tape, Parameters parameters, Symbol slices)
    {
        var writer = new NetworkWriter(tape, parameters, Dropout);
        var outputs = Network.Build(writer, slices, new ClassifierHead(writer, Classes, Hidden));
        return (outputs, writer.Layers);
    }
}
