using System.Collections.Immutable;

namespace BrainTumorDicom.Classification.Model;

/// <summary>Statistics of the training features: how far a slice is from anything the network has seen.</summary>
/// <param name="Means">[classes × F] mean feature of each class, row-major.</param>
/// <param name="Variances">[F] variance of each feature within its class, pooled.</param>
/// <param name="Threshold">Largest distance accepted.</param>
public sealed record FeatureGate(ImmutableArray<float> Means, ImmutableArray<float> Variances, double Threshold)
{
    // A standardised feature counts for no more than this to either side.
    private const float Bound = 6;

    /// <summary>
    /// [2F + 1] weights by which features of pictures that are no heads are told from those of heads: of each feature, standardised with
    /// the mean over the classes and bounded to ±6, of its square, and the offset. Empty in packages without.
    /// </summary>
    public ImmutableArray<float> OutlierWeights { get; init; } = [];

    /// <summary>
    /// How far a slice's features are from the training features: the smallest mean of squared standardised differences over the
    /// classes, or, where it says more, the <see cref="Threshold"/> plus the log-odds of <see cref="OutlierWeights"/> that it is no head.
    /// </summary>
    /// <param name="features">[F] features of one slice.</param>
    public double Distance(ReadOnlySpan<float> features)
    {
        if (features.Length != Variances.Length)
        {
            throw new ArgumentException($"{features.Length} features, not {Variances.Length}.", nameof(features));
        }

        var nearest = Nearest(features);
        return OutlierWeights.IsDefaultOrEmpty ? nearest : Math.Max(nearest, Threshold + OutlierLogOdds(features));
    }

    /// <summary>Whether the features are rather those of a picture that shows no head.</summary>
    public bool IsNonHead(ReadOnlySpan<float> features) => !OutlierWeights.IsDefaultOrEmpty && OutlierLogOdds(features) > 0;

    /// <summary>Features as <see cref="OutlierWeights"/> take them.</summary>
    public float[] Standardise(ReadOnlySpan<float> features)
    {
        var classes = Means.Length / Variances.Length;
        var result = new float[features.Length];
        for (var i = 0; i < result.Length; i++)
        {
            var mean = 0f;
            for (var c = 0; c < classes; c++)
            {
                mean += Means[(c * result.Length) + i] / classes;
            }

            result[i] = Math.Clamp((features[i] - mean) / MathF.Sqrt(Variances[i]), -Bound, Bound);
        }

        return result;
    }

    /// <summary>Log-odds by <see cref="OutlierWeights"/> that the features are not those of a head.</summary>
    public double OutlierLogOdds(ReadOnlySpan<float> features)
    {
        var standardised = Standardise(features);
        double sum = OutlierWeights[^1];
        for (var i = 0; i < standardised.Length; i++)
        {
            sum += standardised[i] * (OutlierWeights[i] + (standardised[i] * OutlierWeights[standardised.Length + i]));
        }

        return sum;
    }

    private double Nearest(ReadOnlySpan<float> features)
    {
        var variances = Variances.AsSpan();
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
