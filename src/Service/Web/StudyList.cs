using BrainTumorDicom.Service.Ledger;
using BrainTumorDicom.Service.Receive;

namespace BrainTumorDicom.Service.Web;

/// <summary>The studies of <c>/api/studies</c>, read from the ledger.</summary>
internal sealed class StudyList(StudyLedger studies, DeliveryLedger deliveries)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private InstanceReceiver? receiver;

    /// <summary>From now on the list shows all that <paramref name="started"/> has answered with success.</summary>
    public void Attach(InstanceReceiver started) => receiver = started;

    /// <summary>The newest studies first.</summary>
    public async Task<IReadOnlyList<StudyEntry>> ListAsync(int limit, int skip, CancellationToken cancellationToken)
    {
        await CatchUpAsync(cancellationToken).ConfigureAwait(false);
        var entries = new List<StudyEntry>();
        foreach (var study in await studies.ListAsync(limit, skip).ConfigureAwait(false))
        {
            entries.Add(await EntryAsync(study).ConfigureAwait(false));
        }

        return entries;
    }

    /// <summary>One study as a list of one, or an empty list.</summary>
    public async Task<IReadOnlyList<StudyEntry>> FindAsync(string studyInstanceUid, CancellationToken cancellationToken)
    {
        await CatchUpAsync(cancellationToken).ConfigureAwait(false);
        return await studies.FindAsync(studyInstanceUid).ConfigureAwait(false) is { } study ? [await EntryAsync(study).ConfigureAwait(false)] : [];
    }

    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        wait.CancelAfter(LongestWait);
        try
        {
            await (receiver?.FlushAsync(wait.Token) ?? Task.CompletedTask).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The ledger is late; what it has is shown.
        }
    }

    private async Task<StudyEntry> EntryAsync(StudyRow study)
    {
        var sent = new List<StudyEntry.DeliveryEntry>();
        for (var revision = 1; revision <= study.Revision; revision++)
        {
            sent.AddRange((await deliveries.ListAsync(study.StudyInstanceUid, revision).ConfigureAwait(false)).Select(Delivery));
        }

        return new StudyEntry(
            study.StudyInstanceUid,
            study.FirstReceived,
            study.LastReceived,
            study.SeriesCount,
            study.InstanceCount,
            study.Interruption.Length > 0 ? study.Interruption : null,
            study.Revision,
            study.Disposition,
            study.Class,
            study.ReasonCode,
            sent);
    }

    /// <summary>A delivery as lists show it.</summary>
    internal static StudyEntry.DeliveryEntry Delivery(DeliveryRow row) => new(
        row.Revision,
        row.Destination,
        row.Kind,
        row.State switch
        {
            DeliveryState.Delivered => "delivered",
            DeliveryState.Failed => "failed",
            _ => "pending",
        },
        row.Attempts,
        row.State == DeliveryState.Pending || row.Commitment is CommitmentState.Wanted or CommitmentState.Requested ? row.NextAttempt : null,
        row.LastError.Length > 0 ? row.LastError : null,
        row.Commitment switch
        {
            CommitmentState.Wanted => "wanted",
            CommitmentState.Requested => "requested",
            CommitmentState.Committed => "committed",
            CommitmentState.Failed => "failed",
            _ => null,
        });
}
