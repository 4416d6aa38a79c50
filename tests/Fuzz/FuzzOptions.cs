namespace BrainTumorDicom.Fuzz;

/// <summary>How long and how to fuzz.</summary>
internal sealed record FuzzOptions
{
    /// <summary>Inputs for each target. Default 10,000.</summary>
    public int Iterations { get; init; } = 10_000;

    /// <summary>Longest time for each target; none where null.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>The same seed gives the same inputs.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Where inputs of findings and the input under way go; nowhere where null.</summary>
    public string? SaveFolder { get; init; }
}
