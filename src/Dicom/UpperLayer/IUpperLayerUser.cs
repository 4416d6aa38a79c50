using System.Buffers;

namespace BrainTumorDicom.Dicom.UpperLayer;

/// <summary>Takes the indications and confirmations of the upper layer service (PS3.8 §7). Called by the association's one loop, never twice at once.</summary>
internal interface IUpperLayerUser
{
    /// <summary>Whether the provider must refuse the request (action AE-6).</summary>
    public AssociateReject? FindRefusal(AssociateRequest request);

    /// <summary>A-ASSOCIATE indication. Answered by <see cref="Association.Accept"/> or <see cref="Association.Reject"/>.</summary>
    public void AssociateIndication(AssociateRequest request);

    /// <summary>A-ASSOCIATE confirmation: accepted.</summary>
    public void AssociateConfirmation(AssociateAccept accept);

    /// <summary>A-ASSOCIATE confirmation: rejected.</summary>
    public void AssociateConfirmation(AssociateReject reject);

    /// <summary>P-DATA indication.</summary>
    /// <param name="body">The PDVs of one P-DATA-TF; borrowed until the task ends.</param>
    public ValueTask DataIndicationAsync(ReadOnlySequence<byte> body);

    /// <summary>Why the peer must be aborted although PDUs come, or <see langword="null"/>. Asked now and then by a timer, beside the loop.</summary>
    public string? FindFault();

    /// <summary>The association is over, or could not be established. Called once.</summary>
    public ValueTask EndedAsync(AssociationEnd end);
}
