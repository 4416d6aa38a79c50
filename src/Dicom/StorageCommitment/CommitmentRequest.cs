using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.Files;

namespace BrainTumorDicom.Dicom.StorageCommitment;

/// <summary>The request of the Storage Commitment Push Model (PS3.4 §J.3.2): the SCP is to take over responsibility for instances.</summary>
public static class CommitmentRequest
{
    private const ushort RequestStorageCommitment = 1;

    /// <summary>The presentation context to propose. Our role is the default one, SCU.</summary>
    public static PresentationContextProposal Context { get; } = new(
        DicomUid.StorageCommitmentPushModel.Value,
        [DicomTransferSyntax.ExplicitVrLittleEndian.Uid.Value, DicomTransferSyntax.ImplicitVrLittleEndian.Uid.Value]);

    /// <summary>Sends the request. Success says that the SCP will answer by an event report, on this association or on one that it opens.</summary>
    /// <param name="client">Has an accepted context of <see cref="Context"/>.</param>
    /// <param name="transactionUid">New for each request.</param>
    /// <param name="instances">At least one.</param>
    /// <param name="cancellationToken">Aborts the association.</param>
    /// <exception cref="DicomException">No such context, or the peer aborts.</exception>
    /// <exception cref="IOException">The connection is lost, or no answer comes in time.</exception>
    public static Task<DimseResponse> SendAsync(
        DicomClient client, DicomUid transactionUid, IReadOnlyList<SopReference> instances, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentOutOfRangeException.ThrowIfZero(instances.Count);
        var information = new DicomDataset();
        information.Set(DicomTag.TransactionUID, transactionUid.Value);
        information.SetSequence(DicomTag.ReferencedSOPSequence, [.. instances.Select(Item)]);
        return client.ActionAsync(
            DicomUid.StorageCommitmentPushModel,
            DicomUid.StorageCommitmentPushModelInstance,
            RequestStorageCommitment,
            information,
            cancellationToken);
    }

    private static DicomDataset Item(SopReference instance)
    {
        var item = new DicomDataset();
        item.Set(DicomTag.ReferencedSOPClassUID, instance.SopClassUid);
        item.Set(DicomTag.ReferencedSOPInstanceUID, instance.SopInstanceUid);
        return item;
    }
}
