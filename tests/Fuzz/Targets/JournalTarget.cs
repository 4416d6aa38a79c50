using System.Buffers;
using System.Buffers.Binary;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Fuzz.Mutation;
using BrainTumorDicom.Service.Journal;
using Microsoft.Win32.SafeHandles;

namespace BrainTumorDicom.Fuzz.Targets;

/// <summary>A journal segment as a disk may give it back. Records and damage follow each other without a gap, to the end of the file or the zeros there.</summary>
internal static class JournalTarget
{
    private const int DataChecksumOffset = 24;
    private const int HeadChecksumOffset = 28;

    // One file for all inputs of a thread; it goes with the process.
    private static readonly ThreadLocal<SafeFileHandle> Segment = new(() => File.OpenHandle(
        Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, FileOptions.DeleteOnClose));

    internal static FuzzTarget Create() => new("journal", Seeds, Run)
    {
        Allowed = [],
        Grammar = [new ChecksumMutator(Repair)],
        BytesPerByte = 8192,
    };

    private static IEnumerable<byte[]> Seeds()
    {
        var instance = Record(JournalRecordKind.Instance, new byte[300]);
        var end = Record(JournalRecordKind.End, []);
        byte[] inside = [.. new byte[7], .. instance, .. new byte[5]];
        return [instance, end, [.. instance, .. instance, .. end], Record(JournalRecordKind.Instance, inside)];
    }

    private static byte[] Record(JournalRecordKind kind, byte[] data)
    {
        var header = new RecordHeader
        {
            Kind = kind,
            Outcome = kind == JournalRecordKind.End ? SegmentOutcome.Released : null,
            AssociationId = 5,
            Received = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
            CallingAe = "FUZZ",
            SopClassUid = DicomUid.MRImageStorage.Value,
            SopInstanceUid = "1.2.3.4",
            TransferSyntaxUid = DicomUid.ExplicitVRLittleEndian.Value,
            StudyInstanceUid = "1.2",
            SeriesInstanceUid = "1.2.3",
            Modality = "MR",
        };
        var head = new ArrayBufferWriter<byte>();
        Action<IBufferWriter<byte>>? meta = kind == JournalRecordKind.End
            ? null
            : output => DicomFileMeta.Write(output, header.SopClassUid, header.SopInstanceUid, header.TransferSyntaxUid, header.CallingAe);
        RecordFormat.WriteHead(head, header, meta, data.Length, Crc32C.Of(data));
        return [.. head.WrittenSpan, .. data];
    }

    private static int Run(byte[] input)
    {
        var file = Segment.Value!;
        RandomAccess.SetLength(file, 0);
        RandomAccess.Write(file, input, 0);
        var shape = default(HashCode);
        var at = 0L;
        foreach (var (entry, damage) in new SegmentReader(1, file).Read(0))
        {
            PropertyBrokenException.Require((entry is null) != (damage is null), "an item is a record or damage");
            PropertyBrokenException.Require((entry?.Offset ?? damage!.Offset) == at, "nothing is left out");
            var end = entry?.End ?? (damage!.Offset + damage.Length);
            PropertyBrokenException.Require(end > at, "reading goes on");
            at = end;
            shape.Add(entry is null ? damage!.Reason.Length : (int)entry.Header.Kind);
        }

        PropertyBrokenException.Require(!input.AsSpan((int)at).ContainsAnyExcept((byte)0), "everything is read but zeros at the end");
        return shape.ToHashCode();
    }

    /// <summary>Makes both checksums right of every record that begins where one can be found.</summary>
    private static void Repair(byte[] bytes)
    {
        for (var at = 0; at + RecordFormat.PrefixLength <= bytes.Length; at++)
        {
            var record = bytes.AsSpan(at);
            if (!RecordFormat.TryReadLengths(record, out var lengths) || lengths.Record > record.Length)
            {
                continue;
            }

            var data = record.Slice(lengths.Head, (int)lengths.Data);
            BinaryPrimitives.WriteUInt32LittleEndian(record[DataChecksumOffset..], Crc32C.Of(data));
            var head = default(Crc32C).Append(record[..HeadChecksumOffset]).Append(record[RecordFormat.PrefixLength..lengths.Head]);
            BinaryPrimitives.WriteUInt32LittleEndian(record[HeadChecksumOffset..], head.Value);
        }
    }
}
