using BrainTumorDicom.Service.Journal;
using BrainTumorDicom.Service.Ledger;
using Microsoft.Extensions.Logging;

namespace BrainTumorDicom.Service.Receive;

/// <summary>
/// Brings the ledger up to the journal at start: every record behind a segment's mark is read and checked, so a stop at any moment
/// loses nothing that was answered, and an empty ledger is filled again. Segments that the ledger has to the end are not opened.
/// </summary>
internal sealed class JournalReplay(JournalFolder folder, InstanceLedger ledger, TimeProvider time, ILogger logger)
{
    private const int BatchSize = 500;

    private readonly SegmentRecovery recovery = new(folder, logger);
    private readonly JournalReader reader = new(folder);
    private int instances;
    private int segments;
    private int damages;

    /// <summary>Reads what is new. Nothing may be receiving yet.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var marks = ledger.Segments().ToDictionary(mark => mark.Number);
        folder.Reserve(marks.Keys.DefaultIfEmpty().Max());
        var present = folder.Segments();
        foreach (var gone in marks.Values.Where(mark => mark.Purged is null && mark.Through > 0).Select(mark => mark.Number).Except(present))
        {
            logger.SegmentMissing(gone);
        }

        foreach (var segment in present)
        {
            if (marks.GetValueOrDefault(segment)?.Purged is not null)
            {
                // Retention noted it as removed and was stopped before it was.
                folder.Remove(segment);
                continue;
            }

            await ReplayAsync(segment, marks.GetValueOrDefault(segment), cancellationToken).ConfigureAwait(false);
        }

        if (instances + damages > 0)
        {
            logger.Recovered(instances, segments, damages);
        }
    }

    private async Task ReplayAsync(long segment, SegmentRow? mark, CancellationToken cancellationToken)
    {
        var through = mark?.Through ?? 0;
        var length = recovery.LengthOf(segment);
        if (length < through)
        {
            logger.SegmentShrank(segment, length, through);
            return;
        }

        if (length == through && mark?.Outcome is not null)
        {
            return;
        }

        segments++;
        var outcome = (SegmentOutcome?)mark?.Outcome;
        var rows = new List<InstanceRow>();
        foreach (var (entry, damage) in recovery.Read(segment, through))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (damage is not null)
            {
                await NoteAsync(damage, cancellationToken).ConfigureAwait(false);
                through = damage.AtEnd ? damage.Offset : damage.Offset + damage.Length;
                continue;
            }

            through = entry!.End;
            outcome = entry.Header.Outcome ?? outcome;
            if (entry.Header.Kind == JournalRecordKind.Instance)
            {
                rows.Add(LedgerWriter.Row(entry with { IsOwnResult = OwnResult.Is(entry, reader) }));
                instances++;
            }

            if (rows.Count == BatchSize)
            {
                await ledger.AppendAsync(rows, [new SegmentRow { Number = segment, Through = through }], cancellationToken).ConfigureAwait(false);
                rows.Clear();
            }
        }

        var end = new SegmentRow { Number = segment, Through = through, Outcome = (int)(outcome ?? SegmentOutcome.ServiceStopped) };
        await ledger.AppendAsync(rows, [end], cancellationToken).ConfigureAwait(false);
    }

    private Task NoteAsync(JournalDamage damage, CancellationToken cancellationToken)
    {
        damages++;
        var row = new DamageRow
        {
            Segment = damage.Segment,
            Offset = damage.Offset,
            Length = damage.Length,
            Reason = damage.Reason,
            SetAside = JournalFolder.SetAsideName(damage.Segment, damage.Offset),
            Found = time.GetUtcNow(),
        };
        return ledger.NoteDamageAsync(row, cancellationToken);
    }
}
