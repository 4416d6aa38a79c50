using Microsoft.Extensions.Logging;

namespace BrainTumorDicom.Dicom.Dimse;

/// <summary>What all associations of a server have in common.</summary>
internal sealed record ServerShared(
    DicomServerOptions Options, Func<AssociationInfo, IAssociationHandler> CreateHandler, ILogger Logger, TimeProvider Time, CancellationToken Stopping)
{
    internal Negotiation Negotiation { get; } = new(Options);

    internal ConnectionGate Gate { get; } = new(Options, new MemoryBudget(Options.MaximumMemoryBytes), Logger, Time);
}
