using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace BrainTumorDicom.Training.Loop;

/// <summary>
/// A stopped training on disk: magic, digest of what follows, fingerprint of the training (length, UTF-8), step, sums of the epoch, then each
/// state vector with its length. Little endian. Written beside and renamed, so that a stop at any moment leaves a whole file.
/// </summary>
internal static class Checkpoint
{
    private static readonly byte[] Magic = "BTDTRN2\n"u8.ToArray();

    /// <summary>Writes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="fingerprint">What only a training of the same data and options may resume.</param>
    /// <param name="state">The state.</param>
    /// <param name="sums">Of the epoch that has begun.</param>
    /// <exception cref="TrainingException">It cannot be written; the older one is kept.</exception>
    public static void Write(string path, string fingerprint, TrainerState state, EpochSums sums)
    {
        using var body = new MemoryStream();
        using (var writer = new BinaryWriter(body, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(fingerprint);
            writer.Write(state.Step);
            writer.Write(sums.Loss);
            writer.Write(sums.Steps);
            writer.Write(sums.Right);
            foreach (var vector in state.Vectors)
            {
                writer.Write(vector.Length);
                writer.Write(MemoryMarshal.AsBytes(vector.AsSpan()));
            }
        }

        var bytes = body.GetBuffer().AsMemory(0, (int)body.Length);
        WholeFile.Write(path, file =>
        {
            file.Write(Magic);
            file.Write(SHA256.HashData(bytes.Span));
            file.Write(bytes.Span);
        });
    }

    /// <summary>Reads it.</summary>
    /// <returns>The fingerprint, the state, and the sums of the epoch that had begun.</returns>
    /// <exception cref="TrainingException">It is damaged.</exception>
    public static (string Fingerprint, TrainerState State, EpochSums Sums) Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var start = Magic.Length + SHA256.HashSizeInBytes;
        if (bytes.Length < start
            || !bytes.AsSpan(0, Magic.Length).SequenceEqual(Magic)
            || !SHA256.HashData(bytes.AsSpan(start)).AsSpan().SequenceEqual(bytes.AsSpan(Magic.Length, SHA256.HashSizeInBytes)))
        {
            throw new TrainingException($"The checkpoint {path} is damaged. Delete it to train from the start.");
        }

        using var reader = new BinaryReader(new MemoryStream(bytes, start, bytes.Length - start), Encoding.UTF8);
        var fingerprint = reader.ReadString();
        var step = reader.ReadInt32();
        var sums = new EpochSums(reader.ReadDouble(), reader.ReadInt32(), reader.ReadInt32());
        var vectors = Enumerable.Range(0, TrainerState.VectorCount).Select(_ =>
        {
            var raw = reader.ReadBytes(reader.ReadInt32() * sizeof(float));
            return MemoryMarshal.Cast<byte, float>(raw).ToArray();
        }).ToArray();
        return (fingerprint, TrainerState.Of(step, vectors), sums);
    }
}
