using System.Globalization;

namespace BrainTumorDicom.Dicom.StorageCommitment;

/// <summary>An item of Failed SOP Sequence (0008,1198).</summary>
/// <param name="SopInstanceUid">Referenced SOP Instance UID.</param>
/// <param name="FailureReason">Failure Reason (0008,1197), a status code; <see langword="null"/> where the peer gives none.</param>
public sealed record FailedReference(string SopInstanceUid, int? FailureReason)
{
    /// <summary>The reason in the words of PS3.3 §C.14.1.1.</summary>
    public string Meaning => FailureReason switch
    {
        0x0110 => "processing failure",
        0x0112 => "no such object instance",
        0x0213 => "resource limitation",
        0x0122 => "referenced SOP Class not supported",
        0x0119 => "class/instance conflict",
        0x0131 => "duplicate transaction UID",
        { } other => string.Create(CultureInfo.InvariantCulture, $"reason {other:X4}H"),
        null => "no reason given",
    };
}
