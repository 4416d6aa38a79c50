namespace BrainTumorDicom.Slices.Phantoms;

/// <summary>SplitMix64: the same numbers for the same seed on every platform and version.</summary>
internal sealed class PhantomRandom(ulong seed)
{
    private ulong state = seed;

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>Uniform in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public float Between(float low, float high) => low + ((high - low) * ((Next() >> 40) / 16777216f));

    /// <summary>1 or −1.</summary>
    public float Sign() => (Next() >> 63) == 0 ? 1 : -1;

    /// <summary>Whether something of <paramref name="probability"/> happens.</summary>
    public bool Chance(float probability) => Between(0, 1) < probability;

    /// <summary>Standard normal (Box and Muller).</summary>
    public float Normal() => MathF.Sqrt(-2 * MathF.Log(1 - Between(0, 1))) * MathF.Cos(2 * MathF.PI * Between(0, 1));
}
