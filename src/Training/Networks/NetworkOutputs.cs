using BrainTumorDicom.Training.Graph;

namespace BrainTumorDicom.Training.Networks;

/// <summary>What a network computes from a batch of slices.</summary>
/// <param name="Logits">[N, classes].</param>
/// <param name="Features">[N,F] what the input gate looks at: the pooled vector, or the last hidden layer of a network that does not pool.</param>
/// <param name="Attention">[N, classes, h, w] where it looks; only in the model as it is shipped.</param>
/// <param name="Map">[N,C,h,w] the last map of a network that pools it: what it tells place by place; <see langword="null"/> where places have no map of their own.</param>
internal sealed record NetworkOutputs(Symbol Logits, Symbol Features, Symbol? Attention, Symbol? Map = null);
