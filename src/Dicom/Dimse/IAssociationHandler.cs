using BrainTumorDicom.Dicom.UpperLayer;

namespace BrainTumorDicom.Dicom.Dimse;

/// <summary>What a service does with one association. Called by one task, never twice at once.</summary>
public interface IAssociationHandler
{
    /// <summary>Takes an instance. What it throws becomes 0110H (processing failure), and the association goes on.</summary>
    /// <param name="request">Its data set is borrowed until the task ends.</param>
    /// <param name="cancellationToken">The server stops and the time to finish is over.</param>
    public ValueTask<StoreResponse> StoreAsync(StoreRequest request, CancellationToken cancellationToken);

    /// <summary>The association is over. Called exactly once.</summary>
    public ValueTask EndedAsync(AssociationEnd end);
}
