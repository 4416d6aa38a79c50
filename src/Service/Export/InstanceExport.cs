using System.Globalization;
using BrainTumorDicom.Service.Hosting;
using BrainTumorDicom.Service.Journal;
using BrainTumorDicom.Service.Ledger;
using BrainTumorDicom.Service.Receive;

namespace BrainTumorDicom.Service.Export;

/// <summary>
/// Writes received instances out as Part 10 files, <c>study/series/SOPInstanceUID.dcm</c>, further contents under a UID as
/// <c>.variant1.dcm</c> and so on. The bytes of the data sets are those received. Reads only, so the service may be running.
/// </summary>
public sealed class InstanceExport
{
    private readonly ExportOptions options;
    private readonly JournalFolder journal;
    private readonly JournalReader reader;
    private readonly string ledger;

    /// <summary>Looks for the journal.</summary>
    /// <exception cref="DirectoryNotFoundException">There is none.</exception>
    public InstanceExport(ExportOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options;
        var folder = options.JournalFolder ?? Path.Combine(options.DataFolder, DataFolder.JournalName);
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"{folder} does not exist: {options.DataFolder} is no data folder of the service.");
        }

        journal = new JournalFolder(folder);
        reader = new JournalReader(journal);
        ledger = Path.Combine(options.DataFolder, DataFolder.LedgerName);
        UsesLedger = !options.FromJournal && File.Exists(ledger);
    }

    /// <summary>Whether the ledger says which instances there are. Without it the journal is read from front to back.</summary>
    public bool UsesLedger { get; }

    /// <summary>How many instances there are to write, where the ledger says so.</summary>
    public int? Count { get; private set; }

    /// <summary>Writes one after the other and tells of each.</summary>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public IEnumerable<ExportItem> Run()
    {
        foreach (var (row, damage) in UsesLedger ? FromLedger() : FromJournal())
        {
            yield return row is not null ? Write(row) : new ExportItem(ExportState.Damaged, "", "", damage);
        }
    }

    private IEnumerable<(InstanceRow? Row, string Damage)> FromLedger()
    {
        using var database = LedgerDatabase.OpenForReading(ledger);
        var rows = new InstanceLedger(database).Stored(options.StudyInstanceUid, options.SeriesInstanceUid, options.Since);
        Count = rows.Count;
        return rows.Select(row => ((InstanceRow?)row, ""));
    }

    private IEnumerable<(InstanceRow? Row, string Damage)> FromJournal()
    {
        foreach (var segment in journal.Segments())
        {
            using var file = File.OpenHandle(journal.PathOf(segment), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            foreach (var (entry, damage) in new SegmentReader(segment, file).Read(0))
            {
                if (entry is { Header.Kind: JournalRecordKind.Instance } && IsWanted(entry.Header))
                {
                    yield return (LedgerWriter.Row(entry), "");
                }

                // What reaches to the end is a record that is being written, or was when the service stopped: never answered.
                if (damage is { AtEnd: false })
                {
                    yield return (null, string.Create(
                        CultureInfo.InvariantCulture, $"journal segment {segment}: {damage.Length} bytes at byte {damage.Offset} are damaged ({damage.Reason})"));
                }
            }
        }
    }

    private bool IsWanted(RecordHeader header) =>
        (options.StudyInstanceUid is null || header.StudyInstanceUid == options.StudyInstanceUid)
        && (options.SeriesInstanceUid is null || header.SeriesInstanceUid == options.SeriesInstanceUid)
        && !(header.Received < options.Since);

    private ExportItem Write(InstanceRow row)
    {
        // Not just a number: that could be another UID.
        var variant = row.Variant == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $".variant{row.Variant}");
        var path = Path.Combine(
            options.OutputFolder, DataFolder.SafeName(row.StudyInstanceUid), DataFolder.SafeName(row.SeriesInstanceUid), $"{DataFolder.SafeName(row.SopInstanceUid)}{variant}.dcm");
        ReadOnlyMemory<byte> bytes;
        try
        {
            bytes = reader.ReadObject(row.Segment, row.Offset);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            return new ExportItem(ExportState.Damaged, row.SopInstanceUid, path, exception.Message);
        }

        if (File.Exists(path))
        {
            return File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes.Span)
                ? new ExportItem(ExportState.Present, row.SopInstanceUid, path, "")
                : new ExportItem(ExportState.Conflict, row.SopInstanceUid, path, "a file with other content is there; it was left alone");
        }

        // Under its own name only once it is whole.
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var partial = path + ".partial";
        using (var file = File.OpenHandle(partial, FileMode.Create, FileAccess.Write))
        {
            RandomAccess.Write(file, bytes.Span, 0);
        }

        File.Move(partial, path);
        return new ExportItem(ExportState.Written, row.SopInstanceUid, path, "");
    }
}
