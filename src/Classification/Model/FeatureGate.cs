using System.Collections.Immutable;

namespace BrainTumorDicom.Classification.Model;

/// <summary>Statistics of the training features: how far a slice is from anything the network has seen.</summary>
/// <param name="Means">[classes × F] mean feature of each class, row-major.</param>
/// <param name="Variances">[F] variance of each feature within its class, pooled.</param>
/// <param name="Threshold">Largest distance accepted: the smallest mean of squared standardised differences over the classes.</param>
public sealed record FeatureGate(ImmutableArray<float> Means, ImmutableArray<float> Variances, double Threshold);
