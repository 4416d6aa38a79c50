using BrainTumorDicom.Service.Journal;
using BrainTumorDicom.Service.Ledger;

namespace BrainTumorDicom.Service.Receive;

/// <summary>What the journal says of how a study's transfers ended.</summary>
internal static class Interruptions
{
    /// <summary>
    /// How the transfer of a study was broken off, or <see langword="null"/> when it was not, or when a later association carried the
    /// study to its release.
    /// </summary>
    public static SegmentOutcome? Of(IReadOnlyCollection<UncoveredTransfer> transfers)
    {
        var broken = transfers.Where(transfer => OutcomeOf(transfer) is not (SegmentOutcome.Released or SegmentOutcome.Continued)).MaxBy(transfer => transfer.Last);
        var healed = broken is null
            || transfers.Any(transfer => OutcomeOf(transfer) == SegmentOutcome.Released && transfer.First > broken.Last);
        return healed ? null : OutcomeOf(broken!);
    }

    private static SegmentOutcome OutcomeOf(UncoveredTransfer transfer) =>
        transfer.Outcome is { } outcome ? (SegmentOutcome)outcome : SegmentOutcome.ServiceStopped;
}
