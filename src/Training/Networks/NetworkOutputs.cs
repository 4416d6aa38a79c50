using BrainTumorDicom.Training.Graph;

namespace BrainTumorDicom.Training.Networks;

/// <summary>What a network computes from a batch of slices.</summary>
/// <param name="Logits">[N, classes].</param>
/// <param name="Features">[N,F] the pooled vector in front of the classifier.</param>
/// <param name="Map">[N,F,h,w] the last feature map, whose mean the features are.</param>
/// <param name="Classifier">[classes, F] weights of the last layer.</param>
internal sealed record NetworkOutputs(Symbol Logits, Symbol Features, Symbol Map, Symbol Classifier);
