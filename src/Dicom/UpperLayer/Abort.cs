namespace BrainTumorDicom.Dicom.UpperLayer;

/// <summary>A-ABORT (PS3.8 §9.3.8).</summary>
internal sealed record Abort(AbortSource Source, AbortReason Reason)
{
    internal static Abort Read(ReadOnlySpan<byte> body)
    {
        var fields = ItemReader.Take(ref body, 4);
        return new Abort((AbortSource)fields[2], (AbortReason)fields[3]);
    }

    internal void Write(PduBuffer output)
    {
        var start = output.BeginPdu(PduType.Abort);
        output.Bytes([0, 0, (byte)Source, (byte)Reason]);
        output.EndPdu(start);
    }
}
