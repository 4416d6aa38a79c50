using System.Buffers;
using System.Collections.Concurrent;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.UpperLayer;

namespace BrainTumorDicom.Dicom.Tests.Dimse;

/// <summary>Keeps what comes, for all associations of a server.</summary>
internal sealed class CollectingHandler : IAssociationHandler
{
    internal ConcurrentQueue<AssociationInfo> Infos { get; } = new();

    internal ConcurrentQueue<(string SopInstanceUid, string TransferSyntaxUid, byte[] DataSet)> Stored { get; } = new();

    internal ConcurrentQueue<AssociationEnd> Ends { get; } = new();

    internal Func<StoreRequest, CancellationToken, ValueTask<StoreResponse>>? Answer { get; init; }

    public async ValueTask<StoreResponse> StoreAsync(StoreRequest request, CancellationToken cancellationToken)
    {
        Stored.Enqueue((request.SopInstanceUid, request.TransferSyntaxUid, request.DataSet.ToArray()));
        return Answer is null ? new StoreResponse(DimseStatus.Success) : await Answer(request, cancellationToken);
    }

    public ValueTask EndedAsync(AssociationEnd end)
    {
        Ends.Enqueue(end);
        return ValueTask.CompletedTask;
    }

    internal IAssociationHandler Begin(AssociationInfo info)
    {
        Infos.Enqueue(info);
        return this;
    }
}
