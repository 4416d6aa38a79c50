namespace BrainTumorDicom.Service.Deliver;

/// <summary>How long to wait before the next attempt: doubling from <paramref name="First"/> to <paramref name="Longest"/>, with jitter so that many waiting reports do not come back at once.</summary>
/// <param name="First">Wait after the first failed attempt.</param>
/// <param name="Longest">The ceiling.</param>
internal readonly record struct RetryBackoff(TimeSpan First, TimeSpan Longest)
{
    /// <summary>A destination that asks for more (a date far off, a wrong clock) is asked again after a day.</summary>
    private static readonly TimeSpan LongestAsked = TimeSpan.FromDays(1);

    /// <summary>The wait after <paramref name="attempts"/> failed attempts, moved at random.</summary>
    /// <param name="attempts">At least 1.</param>
    /// <param name="retryAfter">What the destination asked for; kept where it is longer than ours.</param>
#pragma warning disable CA5394 // Jitter, nothing secret.
    public TimeSpan After(int attempts, TimeSpan? retryAfter = null) => After(attempts, retryAfter, Random.Shared.NextDouble());
#pragma warning restore CA5394

    /// <summary>The wait after <paramref name="attempts"/> failed attempts.</summary>
    /// <param name="attempts">At least 1.</param>
    /// <param name="retryAfter">What the destination asked for; kept where it is longer than ours.</param>
    /// <param name="jitter">In [0, 1): moves the wait by up to a fifth either way.</param>
    public TimeSpan After(int attempts, TimeSpan? retryAfter, double jitter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempts, 1);

        // 2^30 times any first wait is beyond any ceiling; more would overflow.
        var doubled = First.TotalSeconds * Math.Pow(2, Math.Min(attempts - 1, 30));
        var spread = TimeSpan.FromSeconds(Math.Min(doubled, Longest.TotalSeconds) * (0.8 + (0.4 * jitter)));
        return retryAfter is { } asked && asked > spread ? (asked < LongestAsked ? asked : LongestAsked) : spread;
    }
}
