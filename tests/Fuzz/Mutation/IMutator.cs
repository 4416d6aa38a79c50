namespace BrainTumorDicom.Fuzz.Mutation;

/// <summary>Changes an input in a way that its format gives a meaning to.</summary>
internal interface IMutator
{
    /// <summary>A changed copy; the input itself where there is nothing to change.</summary>
    public byte[] Mutate(byte[] input, Random random);
}
