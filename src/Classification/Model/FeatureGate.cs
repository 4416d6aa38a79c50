using System.Collections.Immutable;

namespace BrainTumorDicom.Classification.Model;

/// <summary>Statistics of the training features: how far a slice is from anything the network has seen.</summary>
/// <param name="Means">[classes × F] mean feature of each class, row-major.</param>
/// <param name="Variances">[F] variance of each feature within its class, pooled.</param>
/// <param name="Threshold">Largest distance accepted: the smallest mean of squared standardised differences over the classes.</param>
public sealed record FeatureGate(ImmutableArray<float> Means, ImmutableArray<float> Variances, double Threshold)
{
    /// <summary>How far a slice's features are from the nearest class: the smallest mean of squared standardised differences.</summary>
    /// <param name="features">[F] features of one slice.</param>
    public double Distance(ReadOnlySpan<float> features)
    {
        var variances = Variances.AsSpan();
        if (features.Length != variances.Length)
        {
            throw new ArgumentException($"{features.Length} features, not {variances.Length}.", nameof(features));
        }

        var nearest = double.PositiveInfinity;
        for (var first = 0; first < Means.Length; first += variances.Length)
        {
            var mean = Means.AsSpan().Slice(first, variances.Length);
            var sum = 0.0;
            for (var i = 0; i < mean.Length; i++)
            {
                var difference = (double)features[i] - mean[i];
                sum += difference * difference / variances[i];
            }

            nearest = Math.Min(nearest, sum / variances.Length);
        }

        return nearest;
    }
}
