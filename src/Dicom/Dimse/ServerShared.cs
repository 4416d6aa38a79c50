using Microsoft.Extensions.Logging;

namespace BrainTumorDicom.Dicom.Dimse;

/// <summary>What all associations of a server have in common.</summary>
internal sealed record ServerShared(
    DicomServerOptions Options, Func<AssociationInfo, IAssociationHandler> CreateHandler, ILogger Logger, CancellationToken Stopping)
{
    private int running;

    internal Negotiation Negotiation { get; } = new(Options);

    internal MemoryBudget Budget { get; } = new(Options.MaximumMemoryBytes);

    /// <summary>Counts an association in, unless there are as many as may be.</summary>
    internal bool TryEnter()
    {
        if (Interlocked.Increment(ref running) <= Options.MaximumAssociations)
        {
            return true;
        }

        Leave();
        return false;
    }

    internal void Leave() => Interlocked.Decrement(ref running);
}
