using System.Collections.Immutable;
using BrainTumorDicom.Classification.Findings;

namespace BrainTumorDicom.Classification.Folding;

/// <summary>What one analysed slice says, and where.</summary>
/// <param name="Position">Along the slice normal, in mm.</param>
/// <param name="Probabilities">[4] calibrated, in the order of <see cref="TumorClass"/>.</param>
/// <param name="AttentionRow">Where the network looked for the leading tumour class, down the slice, in mm.</param>
/// <param name="AttentionColumn">The same across it.</param>
internal readonly record struct SliceEvidence(double Position, ImmutableArray<double> Probabilities, double AttentionRow, double AttentionColumn)
{
    // A network's certainty on one slice counts for no more than this: e^4 is 55 to 1.
    private const double MostLogOdds = 4;

    /// <summary>Log-odds of any of the three tumours, bounded.</summary>
    public double LogOdds
    {
        get
        {
            var none = Math.Clamp(Probabilities[(int)TumorClass.NoTumor], 1e-9, 1 - 1e-9);
            return Math.Clamp(Math.Log((1 - none) / none), -MostLogOdds, MostLogOdds);
        }
    }

    /// <summary>The distance between two places in mm.</summary>
    public double DistanceTo(SliceEvidence other)
    {
        var (along, down, across) = (Position - other.Position, AttentionRow - other.AttentionRow, AttentionColumn - other.AttentionColumn);
        return Math.Sqrt((along * along) + (down * down) + (across * across));
    }
}
