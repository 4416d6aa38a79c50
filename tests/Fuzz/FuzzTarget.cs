namespace BrainTumorDicom.Fuzz;

/// <summary>One thing that reads bytes of strangers.</summary>
/// <param name="Name">Names the folders of its seeds and regressions.</param>
/// <param name="Seeds">Well-formed inputs, made by code. Files in <c>seeds/NAME</c> are added to them.</param>
/// <param name="Run">Reads an input and checks the target's properties. Returns a shape: what was found, in a few bits, so that
/// inputs that are read in a new way are kept to be changed further.</param>
internal sealed record FuzzTarget(string Name, Func<IEnumerable<byte[]>> Seeds, Func<byte[], int> Run)
{
    /// <summary>What <see cref="Run"/> may throw: the documented exceptions, no other.</summary>
    public required IReadOnlyList<Type> Allowed { get; init; }

    /// <summary>The mutators that know the format, beside those that know only bytes.</summary>
    public IReadOnlyList<Mutation.IMutator> Grammar { get; init; } = [];

    /// <summary>Most bytes that an input of no length may allocate. Default 64 MiB.</summary>
    public long FreeBytes { get; init; } = 64L << 20;

    /// <summary>Most bytes allocated for each byte of input. Default 512: a deflated data set may grow to two hundred times.</summary>
    public long BytesPerByte { get; init; } = 512;

    /// <summary>Whether the work is done by other threads, so that allocation is that of the process.</summary>
    public bool UsesThreads { get; init; }

    /// <summary>Whether a library of the system does the work, whose memory shows only in the peak of the process.</summary>
    public bool UsesLibrary { get; init; }
}
