using System.Buffers;
using BrainTumorDicom.Service.Journal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Win32.SafeHandles;

namespace BrainTumorDicom.Service.Tests.Journal;

/// <summary>A journal in a folder of its own.</summary>
internal sealed class JournalFixture : IDisposable
{
    public JournalFixture() => Folder = new JournalFolder(System.IO.Path.Combine(Path, "journal"));

    public string Path { get; } = Directory.CreateTempSubdirectory("btd-journal-").FullName;

    public JournalFolder Folder { get; }

    public JournalReader Reader => new(Folder);

    public static RecordHeader Header(int number, int variant = 0) => new()
    {
        AssociationId = 5,
        Received = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        CallingAe = "MODALITY",
        Variant = variant,
        SopClassUid = "1.2.840.10008.5.1.4.1.1.4",
        SopInstanceUid = $"1.2.3.{number}",
        TransferSyntaxUid = "1.2.840.10008.1.2.1",
        StudyInstanceUid = "1.2",
        SeriesInstanceUid = "1.2.3",
        Modality = "MR",
    };

    public static byte[] Data(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>The bytes in two parts, as the network hands them over.</summary>
    public static ReadOnlySequence<byte> Split(byte[] bytes)
    {
        var first = new Part(bytes.AsMemory(0, bytes.Length / 3), 0);
        var second = first.Append(bytes.AsMemory(bytes.Length / 3));
        return new ReadOnlySequence<byte>(first, 0, second, second.Memory.Length);
    }

    public SegmentWriter Writer(Action<SafeFileHandle>? flush = null, long maximumBytes = long.MaxValue, SpareSegments? spares = null) =>
        new(Folder, spares, flush ?? DurableFile.Flush, maximumBytes, NullLogger.Instance);

    public List<JournalEntry> Write(params int[] lengths)
    {
        using var writer = Writer();
        var entries = new List<JournalEntry>();
        for (var i = 0; i < lengths.Length; i++)
        {
            var data = Data(i, lengths[i]);
            entries.Add(writer.Append(Header(i), Split(data), Crc32C.Of(data)));
        }

        return entries;
    }

    public List<(JournalEntry? Entry, JournalDamage? Damage)> Recover(long segment, long from = 0) =>
        new SegmentRecovery(Folder, NullLogger.Instance).Read(segment, from).ToList();

    /// <summary>What a start would find after a kill now: recovery of a copy.</summary>
    public List<(JournalEntry? Entry, JournalDamage? Damage)> Recovered(long segment)
    {
        var copy = Folder.NextNumber();
        File.Copy(Folder.PathOf(segment), Folder.PathOf(copy));
        var read = Recover(copy).Select(item => (item.Entry is null ? null : item.Entry with { Segment = segment }, item.Damage)).ToList();
        File.Delete(Folder.PathOf(copy));
        return read;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private sealed class Part : ReadOnlySequenceSegment<byte>
    {
        public Part(ReadOnlyMemory<byte> memory, long index)
        {
            Memory = memory;
            RunningIndex = index;
        }

        public Part Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Part(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
