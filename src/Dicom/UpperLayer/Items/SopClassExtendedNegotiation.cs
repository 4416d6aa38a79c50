namespace BrainTumorDicom.Dicom.UpperLayer;

/// <summary>SOP Class Extended Negotiation (PS3.7 §D.3.3.5). Read and left unanswered, which means that the extension is not supported.</summary>
internal sealed record SopClassExtendedNegotiation(string SopClassUid, ReadOnlyMemory<byte> Information)
{
    internal static SopClassExtendedNegotiation Read(ReadOnlySpan<byte> value) =>
        new(ItemReader.Text(ItemReader.TakeCounted(ref value)), value.ToArray());

    internal void Write(PduBuffer output)
    {
        var start = output.BeginItem(ItemType.SopClassExtendedNegotiation);
        output.CountedAscii(SopClassUid);
        output.Bytes(Information.Span);
        output.EndItem(start);
    }
}
