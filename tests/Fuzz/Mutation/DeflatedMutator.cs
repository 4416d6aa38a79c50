using System.IO.Compression;
using BrainTumorDicom.Dicom.Files;

namespace BrainTumorDicom.Fuzz.Mutation;

/// <summary>Changes the elements inside of a deflated data set (PS3.5 §A.5), or makes it inflate to very much.</summary>
internal sealed class DeflatedMutator : IMutator
{
    private const int MostInflated = 1 << 18;
    private readonly ElementMutator elements = new(0, isExplicit: true, isBigEndian: false);

    /// <inheritdoc/>
    public byte[] Mutate(byte[] input, Random random)
    {
        try
        {
            using var inflater = new DeflateStream(new MemoryStream(input), CompressionMode.Decompress);
            var inflated = new byte[MostInflated];
            var length = inflater.ReadAtLeast(inflated, inflated.Length, throwOnEndOfStream: false);
            var changed = elements.Mutate(inflated[..length], random);
            return DeflatedDataset.Deflate(random.Next(32) == 0 ? [.. changed, .. new byte[random.Next(1 << 21)]] : changed);
        }
        catch (InvalidDataException)
        {
            return input;
        }
    }
}
