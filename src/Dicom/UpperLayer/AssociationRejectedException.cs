using System.Globalization;

namespace BrainTumorDicom.Dicom.UpperLayer;

/// <summary>The peer answered A-ASSOCIATE-RJ (PS3.8 §9.3.4).</summary>
public sealed class AssociationRejectedException : DicomException
{
    /// <summary>An error with the three values of the PDU.</summary>
    /// <param name="result">1 permanent, 2 transient.</param>
    /// <param name="source">1 service user, 2 provider (ACSE), 3 provider (presentation).</param>
    /// <param name="reason">The meaning depends on <paramref name="source"/>: PS3.8 table 9-21.</param>
    public AssociationRejectedException(byte result, byte source, byte reason)
        : base(string.Create(CultureInfo.InvariantCulture, $"the peer rejected the association: {new AssociateReject(result, source, reason).Meaning} (result {result}, source {source}, reason {reason})."))
    {
        Result = result;
        RejectSource = source;
        Reason = reason;
    }

    /// <summary>An error without a message.</summary>
    public AssociationRejectedException()
    {
    }

    /// <summary>An error without the values.</summary>
    public AssociationRejectedException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    public AssociationRejectedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>1 permanent, 2 transient.</summary>
    public byte Result { get; }

    /// <summary>1 service user, 2 provider (ACSE), 3 provider (presentation).</summary>
    public byte RejectSource { get; }

    /// <summary>PS3.8 table 9-21.</summary>
    public byte Reason { get; }

    /// <inheritdoc/>
    public override bool IsTransient => Result == 2;
}
