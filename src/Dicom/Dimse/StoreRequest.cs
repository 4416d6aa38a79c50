using System.Buffers;
using System.Net;
using BrainTumorDicom.Dicom.UpperLayer;

namespace BrainTumorDicom.Dicom.Dimse;

/// <summary>A C-STORE request as it came (PS3.7 §9.3.1).</summary>
public sealed record StoreRequest
{
    /// <summary>Number of the association in this process.</summary>
    public required int AssociationId { get; init; }

    /// <summary>Who sends.</summary>
    public required AeTitle CallingAe { get; init; }

    /// <summary>Whom it called.</summary>
    public required AeTitle CalledAe { get; init; }

    /// <summary>Where from.</summary>
    public required IPEndPoint RemoteAddress { get; init; }

    /// <summary>Affected SOP Class UID.</summary>
    public required string SopClassUid { get; init; }

    /// <summary>Affected SOP Instance UID; digits and dots.</summary>
    public required string SopInstanceUid { get; init; }

    /// <summary>How <see cref="DataSet"/> is encoded.</summary>
    public required string TransferSyntaxUid { get; init; }

    /// <summary>The data set as it came. Borrowed: it is another's as soon as the handler returns.</summary>
    public required ReadOnlySequence<byte> DataSet { get; init; }
}
