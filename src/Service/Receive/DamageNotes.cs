using System.Collections.Concurrent;
using BrainTumorDicom.Service.Ledger;
using Microsoft.Extensions.Logging;

namespace BrainTumorDicom.Service.Receive;

/// <summary>Damage of the journal that shows when an instance is read for analysis: logged at once, then noted in the ledger.</summary>
internal sealed class DamageNotes(InstanceLedger ledger, TimeProvider time, ILogger<DamageNotes> logger)
{
    private readonly ConcurrentQueue<DamageRow> found = [];

    /// <summary>The record of an instance cannot be read.</summary>
    public void Add(InstanceRow instance, Exception exception)
    {
        logger.StoredDamaged(exception, instance.SopInstanceUid, instance.Segment, instance.Offset);
        found.Enqueue(new DamageRow
        {
            Segment = instance.Segment,
            Offset = instance.Offset,
            Length = instance.Length,
            Reason = exception.Message,
            SetAside = "",
            Found = time.GetUtcNow(),
        });
    }

    /// <summary>Notes what was found since; each place once.</summary>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        while (found.TryDequeue(out var damage))
        {
            await ledger.NoteDamageAsync(damage, cancellationToken).ConfigureAwait(false);
        }
    }
}
