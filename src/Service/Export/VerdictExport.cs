using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Dicom;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Service.Deidentify;
using BrainTumorDicom.Service.Hosting;
using BrainTumorDicom.Service.Journal;
using BrainTumorDicom.Service.Ledger;
using BrainTumorDicom.Service.Receive;
using BrainTumorDicom.Service.Verdicts;

namespace BrainTumorDicom.Service.Export;

/// <summary>
/// Writes what readers have judged as a further training set, de-identified: <c>class/patient/series/instance.dcm</c>, all under pseudonyms.
/// Reads only, so the service may be running.
/// </summary>
/// <remarks>
/// A verdict is of a study, a training set of slices. Of a series without tumour every slice is one. Of a tumour only those slices are that
/// show it: the ones that carried the model's answer, where the readers agree with it. What nobody has told slice by slice, because readers
/// and model differ, is written under <c>review/class/</c>, which <c>train</c> does not read.
/// </remarks>
public sealed class VerdictExport
{
    /// <summary>Folder of the series whose slices somebody has to look through.</summary>
    public const string ReviewFolder = "review";

    private readonly string data;
    private readonly string output;
    private readonly InstanceStore store;
    private readonly Deidentifier deidentifier;

    /// <summary>Looks for ledger and journal.</summary>
    /// <param name="dataFolder">Data folder of the service.</param>
    /// <param name="journalFolder">Folder of the journal, or <see langword="null"/> for the one in the data folder.</param>
    /// <param name="outputFolder">New or empty: a verdict that changed since an earlier export must not stand beside the earlier one.</param>
    /// <exception cref="FileNotFoundException">There is no ledger.</exception>
    /// <exception cref="IOException">The output folder has something in it.</exception>
    public VerdictExport(string dataFolder, string? journalFolder, string outputFolder)
    {
        data = dataFolder;
        output = outputFolder;
        if (!File.Exists(LedgerFile))
        {
            throw new FileNotFoundException($"{LedgerFile} does not exist: {dataFolder} is no data folder of the service.", LedgerFile);
        }

        if (Directory.Exists(outputFolder) && Directory.EnumerateFileSystemEntries(outputFolder).Any())
        {
            throw new IOException($"{outputFolder} is not empty: give a new folder, or slices of an earlier verdict stay beside those of a later one.");
        }

        store = new InstanceStore(new JournalReader(new JournalFolder(journalFolder ?? Path.Combine(dataFolder, DataFolder.JournalName))));
        deidentifier = new Deidentifier(PseudonymKey.Open(dataFolder));
    }

    private string LedgerFile => Path.Combine(data, DataFolder.LedgerName);

    /// <summary>Writes one study after the other and tells of each.</summary>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public async IAsyncEnumerable<VerdictExportItem> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var database = LedgerDatabase.OpenForReading(LedgerFile);
        foreach (var truth in StudyTruth.Of(await new VerdictLedger(database).CountingAsync().ConfigureAwait(false)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return await ExportAsync(database, truth).ConfigureAwait(false);
        }
    }

    private async Task<VerdictExportItem> ExportAsync(LedgerDatabase database, StudyTruth truth)
    {
        if (truth.Class is not { } label)
        {
            return LeftOut("", "its readers are divided");
        }

        if (await new FindingLedger(database).FindPredecessorAsync(truth.StudyInstanceUid, int.MaxValue).ConfigureAwait(false) is not { } row)
        {
            return LeftOut(label, "it is not analysed yet");
        }

        var analysed = AnalysedSeries.Read(row.Json);
        var own = InstanceStore.FirstContents(await new InstanceLedger(database).ListAsync(truth.StudyInstanceUid).ConfigureAwait(false))
            .Where(instance => instance.SeriesInstanceUid == analysed.SeriesInstanceUid)
            .ToArray();
        if (own.Length == 0)
        {
            return LeftOut(label, analysed.SeriesInstanceUid is null ? "no series of it was analysed" : "retention has removed its instances");
        }

        var carrying = row.Class == label && !analysed.HasFrames ? analysed.Carrying : FrozenSet<string>.Empty;
        var told = label == TumorClass.NoTumor.Label() ? own : [.. own.Where(instance => carrying.Contains(instance.SopInstanceUid))];
        return told.Length > 0 ? Write(truth.StudyInstanceUid, label, told, "") : Write(truth.StudyInstanceUid, label, own, ReviewFolder);

        VerdictExportItem LeftOut(string @class, string reason) => new(truth.StudyInstanceUid, @class, ForReview: false, 0, reason);
    }

    private VerdictExportItem Write(string study, string label, InstanceRow[] instances, string within)
    {
        var (written, refusals) = (0, new List<string>());
        foreach (var instance in instances)
        {
            try
            {
                var file = store.Read(instance);
                if (Deidentifier.FindRefusal(file.Dataset) is { } refusal)
                {
                    refusals.Add(refusal);
                    continue;
                }

                var clean = deidentifier.Apply(file);
                var folder = Path.Combine(output, within, label, deidentifier.PatientOf(file.Dataset), clean.Dataset.GetString(DicomTag.SeriesInstanceUID)!);
                Directory.CreateDirectory(folder);
                clean.Write(Path.Combine(folder, $"{clean.Dataset.GetString(DicomTag.SOPInstanceUID)}.dcm"));
                written++;
            }
            catch (Exception error) when (error is DicomException or InvalidDataException)
            {
                refusals.Add($"an instance cannot be read: {error.Message}");
            }
        }

        var reason = refusals.Count == 0 ? "" : FormattableString.Invariant($"{refusals.Count} of {instances.Length} instances left out: {refusals[0]}");
        return new VerdictExportItem(study, label, within.Length > 0, written, reason);
    }
}
