using BrainTumorDicom.Training.Loop;

namespace BrainTumorDicom.Training.Networks.Weights;

/// <summary>What was taken from an ONNX file into the state of a training.</summary>
/// <param name="Path">The file.</param>
/// <param name="ByName">Layers of the body found by their name.</param>
/// <param name="ByOrder">Layers of the body found by shape, stride and order.</param>
/// <param name="Folded">Normalisations that the exporter had folded into their convolutions.</param>
/// <param name="InHead">Layers of the head that were found too.</param>
internal sealed record WeightsImport(string Path, int ByName, int ByOrder, int Folded, int InHead)
{
    /// <summary>Layers of the body: all are found.</summary>
    public int Matched => ByName + ByOrder + Folded;

    /// <summary>Takes the weights of <paramref name="path"/> into <paramref name="state"/>.</summary>
    /// <exception cref="TrainingException">The file cannot be read or is of another network.</exception>
    public static WeightsImport Read(string path, TrainingGraph graph, TrainerState state)
    {
        var file = WeightsFile.Read(path).ToList();
        var found = new Dictionary<NetworkLayer, FileLayer>();
        Match(graph.Layers, (candidate, layer) => candidate.IsNamed(layer));
        var byName = found.Keys.Count(layer => !layer.InHead);

        // Convolutions first: they say which normalisations were folded away.
        Match(graph.Layers.Where(layer => layer.Kind != LayerKind.Normalization), (_, _) => true);
        var folded = graph.Layers.Where(layer => !found.ContainsKey(layer) && IsFolded(layer)).ToList();
        Match(graph.Layers.Except(folded), (_, _) => true);
        var missing = graph.Layers.FirstOrDefault(layer => !layer.InHead && !found.ContainsKey(layer) && !folded.Contains(layer));
        if (missing is not null)
        {
            throw new TrainingException(
                $"{path} is of another network: it has no layer like {missing.Name} ({missing.Kind}, {string.Join(" x ", missing.Weights.Shape)}, stride {missing.Stride}) to go with {found.Count + folded.Count} others that were found. Give the --network that it was exported from.");
        }

        foreach (var (layer, source) in found)
        {
            Copy(layer, source, state, graph.Layers.FirstOrDefault(other => other.Normalizes == layer));
        }

        state.Parameters.CopyTo(state.Average, 0);
        var inBody = found.Keys.Count(layer => !layer.InHead);
        return new WeightsImport(path, byName, inBody - byName, folded.Count, found.Count - inBody);

        void Match(IEnumerable<NetworkLayer> layers, Func<FileLayer, NetworkLayer, bool> accepts)
        {
            foreach (var layer in layers.Where(layer => !found.ContainsKey(layer)))
            {
                var index = file.FindIndex(candidate => candidate.Fits(layer) && accepts(candidate, layer));
                if (index >= 0)
                {
                    found[layer] = file[index];
                    file.RemoveAt(index);
                }
            }
        }

        bool IsFolded(NetworkLayer layer) =>
            layer.Normalizes is { Bias: null } convolution && found.TryGetValue(convolution, out var source) && source.Bias is not null;
    }

    /// <summary>For people: what was found, and how.</summary>
    public string Describe() => FormattableString.Invariant(
        $"{Matched} layers of the body from {System.IO.Path.GetFileName(Path)}: {ByName} by name, {ByOrder} by shape and order, {Folded} normalisations folded into their convolutions; {(InHead > 0 ? FormattableString.Invariant($"{InHead} layers of the head too") : "the head begins anew")}");

    private static void Copy(NetworkLayer layer, FileLayer source, TrainerState state, NetworkLayer? normalization)
    {
        source.Weights.Values.CopyTo(state.Parameters, layer.Offset);
        var behind = layer.Offset + layer.Weights.Size;
        if (layer.Bias is not null && source.Bias is { } bias)
        {
            bias.Values.CopyTo(state.Parameters, behind);
        }

        if (layer.Kind == LayerKind.Normalization)
        {
            source.Mean!.Values.CopyTo(state.Statistics, layer.StatisticsOffset);
            source.Variance!.Values.CopyTo(state.Statistics, layer.StatisticsOffset + layer.Weights.Size);

            // The variance takes up an exporter's other epsilon: only their sum counts.
            foreach (ref var value in state.Statistics.AsSpan(layer.StatisticsOffset + layer.Weights.Size, layer.Weights.Size))
            {
                value += source.Epsilon - layer.Epsilon;
            }
        }
        else if (layer.Bias is null && source.Bias is { } shift && normalization is not null)
        {
            // Statistics stay at mean 0 and variance 1, so this scale makes the normalisation add the bias and nothing else.
            state.Parameters.AsSpan(normalization.Offset, normalization.Weights.Size).Fill(MathF.Sqrt(1 + normalization.Epsilon));
            shift.Values.CopyTo(state.Parameters, normalization.Offset + normalization.Weights.Size);
        }
    }
}
