namespace BrainTumorDicom.Dicom.UpperLayer;

/// <summary>A-ASSOCIATE-RJ (PS3.8 §9.3.4).</summary>
/// <param name="Result">1 permanent, 2 transient.</param>
/// <param name="Source">1 service user, 2 provider (ACSE), 3 provider (presentation).</param>
/// <param name="Reason">Depends on the source: PS3.8 table 9-21.</param>
internal sealed record AssociateReject(byte Result, byte Source, byte Reason)
{
    internal static AssociateReject ApplicationContextNotSupported { get; } = new(1, 1, 2);

    internal static AssociateReject CallingAeTitleNotRecognized { get; } = new(1, 1, 3);

    internal static AssociateReject CalledAeTitleNotRecognized { get; } = new(1, 1, 7);

    internal static AssociateReject ProtocolVersionNotSupported { get; } = new(1, 2, 2);

    internal static AssociateReject TemporaryCongestion { get; } = new(2, 3, 1);

    internal static AssociateReject LocalLimitExceeded { get; } = new(2, 3, 2);

    /// <summary>The words of PS3.8 table 9-21.</summary>
    internal string Meaning => (Source, Reason) switch
    {
        (1, 2) => "application context name not supported",
        (1, 3) => "calling AE title not recognized",
        (1, 7) => "called AE title not recognized",
        (2, 2) => "protocol version not supported",
        (3, 1) => "temporary congestion",
        (3, 2) => "local limit exceeded",
        _ => "no reason given",
    };

    internal static AssociateReject Read(ReadOnlySpan<byte> body)
    {
        var fields = ItemReader.Take(ref body, 4);
        return new AssociateReject(fields[1], fields[2], fields[3]);
    }

    internal void Write(PduBuffer output)
    {
        var start = output.BeginPdu(PduType.AssociateReject);
        output.Bytes([0, Result, Source, Reason]);
        output.EndPdu(start);
    }
}
