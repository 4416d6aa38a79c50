namespace BrainTumorDicom.Training.Tuning;

/// <summary>How settings are chosen.</summary>
public enum SearchKind
{
    /// <summary>Every combination.</summary>
    Grid,

    /// <summary>A number of combinations drawn at random.</summary>
    Random,

    /// <summary>Many drawn at random and trained briefly; the best third of them three times as long, and so on (Jamieson and Talwalkar, 2016).</summary>
    Halving,
}
