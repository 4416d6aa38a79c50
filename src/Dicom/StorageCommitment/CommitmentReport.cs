using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Dimse;

namespace BrainTumorDicom.Dicom.StorageCommitment;

/// <summary>The answer to a storage commitment request (PS3.4 §J.3.3).</summary>
/// <param name="TransactionUid">Of the request.</param>
/// <param name="Committed">What the SCP has taken responsibility for: Referenced SOP Sequence.</param>
/// <param name="Failed">What it has not: Failed SOP Sequence.</param>
public sealed record CommitmentReport(string TransactionUid, IReadOnlyList<SopReference> Committed, IReadOnlyList<FailedReference> Failed)
{
    private const ushort RequestSuccessful = 1;
    private const ushort FailuresExist = 2;

    /// <summary>Reads an event report.</summary>
    /// <returns>The report, or the response that refuses it (PS3.7 §10.1.1.1.8).</returns>
    /// <exception cref="DicomFormatException">A value of the event information breaks PS3.5.</exception>
    public static (CommitmentReport? Report, DimseResponse Refusal) Read(EventReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (report.SopInstanceUid != DicomUid.StorageCommitmentPushModelInstance.Value)
        {
            return (null, new DimseResponse(DimseStatus.NoSuchSopInstance, "not the well-known SOP Instance of Storage Commitment"));
        }

        if (report.EventTypeId is not (RequestSuccessful or FailuresExist))
        {
            return (null, new DimseResponse(DimseStatus.NoSuchEventType, "Event Type ID is neither 1 nor 2"));
        }

        if (report.Information.GetUid(DicomTag.TransactionUID) is not { } transaction)
        {
            return (null, new DimseResponse(DimseStatus.InvalidArgumentValue, "Transaction UID is missing"));
        }

        return (new CommitmentReport(
            transaction.Value,
            [.. report.Information.GetSequence(DicomTag.ReferencedSOPSequence).Select(Reference)],
            [.. report.Information.GetSequence(DicomTag.FailedSOPSequence).Select(Failure)]), default);
    }

    private static SopReference Reference(DicomDataset item) =>
        new(item.GetString(DicomTag.ReferencedSOPClassUID) ?? "", item.GetString(DicomTag.ReferencedSOPInstanceUID) ?? "");

    private static FailedReference Failure(DicomDataset item) =>
        new(item.GetString(DicomTag.ReferencedSOPInstanceUID) ?? "", item.GetInt32(DicomTag.FailureReason));
}
