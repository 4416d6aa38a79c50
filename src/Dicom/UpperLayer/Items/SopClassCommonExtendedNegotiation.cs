namespace BrainTumorDicom.Dicom.UpperLayer;

/// <summary>SOP Class Common Extended Negotiation (PS3.7 §D.3.3.6): the service class and related general classes of a SOP class. Never answered.</summary>
internal sealed record SopClassCommonExtendedNegotiation(string SopClassUid, string ServiceClassUid, IReadOnlyList<string> RelatedSopClassUids)
{
    internal static SopClassCommonExtendedNegotiation Read(ReadOnlySpan<byte> value)
    {
        var sopClass = ItemReader.Text(ItemReader.TakeCounted(ref value));
        var serviceClass = ItemReader.Text(ItemReader.TakeCounted(ref value));
        var list = ItemReader.TakeCounted(ref value);
        var related = new List<string>();
        while (!list.IsEmpty)
        {
            related.Add(ItemReader.Text(ItemReader.TakeCounted(ref list)));
        }

        return new SopClassCommonExtendedNegotiation(sopClass, serviceClass, related);
    }

    internal void Write(PduBuffer output)
    {
        var start = output.BeginItem(ItemType.SopClassCommonExtendedNegotiation);
        output.CountedAscii(SopClassUid);
        output.CountedAscii(ServiceClassUid);
        output.UInt16((ushort)RelatedSopClassUids.Sum(uid => uid.Length + 2));
        foreach (var uid in RelatedSopClassUids)
        {
            output.CountedAscii(uid);
        }

        output.EndItem(start);
    }
}
