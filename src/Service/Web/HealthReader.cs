using BrainTumorDicom.Service.Hosting;
using BrainTumorDicom.Service.Journal;
using BrainTumorDicom.Service.Ledger;
using BrainTumorDicom.Service.Models;
using Dapper;
using Microsoft.Extensions.Options;

namespace BrainTumorDicom.Service.Web;

/// <summary>Gathers <see cref="HealthReport"/>.</summary>
internal sealed class HealthReader(
    LiveModel model, LedgerDatabase ledger, DataFolder folder, ServiceState state, IOptions<DicomOptions> dicom, IOptions<JournalOptions> journal,
    JournalFolder segments)
{
    private const string Notice = "Research use only. Not for diagnostic use.";

    /// <summary>The state now.</summary>
    public async Task<HealthReport> ReadAsync()
    {
        var drive = new DriveInfo(folder.Path);
        var free = drive.AvailableFreeSpace;
        var minimum = journal.Value.MinimumFree(drive.TotalSize);
        var problem = free < minimum
            ? $"The disk of {folder.Path} is nearly full: instances are refused with A700."
            : null;
        return new HealthReport(
            problem is null ? "ok" : "degraded",
            problem,
            InstallationIdentity.Version,
            Notice,
            state.Started,
            new HealthReport.DicomState(dicom.Value.AeTitle, state.DicomEndPoint?.ToString() ?? ""),
            Model(),
            await QueueAsync().ConfigureAwait(false),
            new HealthReport.DiskState(free, minimum),
            await JournalAsync().ConfigureAwait(false));
    }

    private HealthReport.ModelState Model()
    {
        var identity = model.Identity;
        return new HealthReport.ModelState(identity.Name, identity.Version, identity.Sha256, identity.ExecutionProvider, model.Package, model.Follows, model.LastRefusal);
    }

    private Task<HealthReport.JournalState> JournalAsync() => ledger.ReadAsync(async connection =>
    {
        var (removed, damages) = await connection.QuerySingleAsync<(int, int)>(
            "SELECT (SELECT COUNT(*) FROM segments WHERE purged IS NOT NULL), (SELECT COUNT(*) FROM damages)").ConfigureAwait(false);
        var present = segments.Segments();
        return new HealthReport.JournalState(present.Count, present.Sum(segments.LengthOf), removed, damages);
    });

    private Task<HealthReport.QueueState> QueueAsync() => ledger.ReadAsync(async connection =>
    {
        var (analyses, pending, failed) = await connection.QuerySingleAsync<(int, int, int)>(
            """
            SELECT
                (SELECT COUNT(*) FROM revisions r WHERE NOT EXISTS
                    (SELECT 1 FROM findings f WHERE f.study_instance_uid = r.study_instance_uid AND f.revision >= r.revision)),
                (SELECT COUNT(*) FROM deliveries WHERE state = @Pending),
                (SELECT COUNT(*) FROM deliveries WHERE state = @Failed)
            """,
            new { DeliveryState.Pending, DeliveryState.Failed }).ConfigureAwait(false);
        return new HealthReport.QueueState(analyses, pending, failed);
    });
}
