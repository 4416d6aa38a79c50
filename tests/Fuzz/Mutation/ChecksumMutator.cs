namespace BrainTumorDicom.Fuzz.Mutation;

/// <summary>Makes checksums right again, so that what lies behind them is reached too.</summary>
/// <param name="repair">Repairs the input in place.</param>
internal sealed class ChecksumMutator(Action<byte[]> repair) : IMutator
{
    /// <inheritdoc/>
    public byte[] Mutate(byte[] input, Random random)
    {
        var bytes = input.ToArray();
        if (bytes.Length > 0)
        {
            Numbers.Change(bytes.AsSpan(random.Next(bytes.Length), 1), isBigEndian: false, bytes.Length, random);
        }

        repair(bytes);
        return bytes;
    }
}
