namespace BrainTumorDicom.Dicom.UpperLayer;

/// <summary>SCP/SCU Role Selection (PS3.7 §D.3.3.4).</summary>
internal sealed record RoleSelection(string SopClassUid, bool Scu, bool Scp)
{
    internal static RoleSelection Read(ReadOnlySpan<byte> value)
    {
        var uid = ItemReader.Text(ItemReader.TakeCounted(ref value));
        var roles = ItemReader.Take(ref value, 2);
        return new RoleSelection(uid, roles[0] == 1, roles[1] == 1);
    }

    internal void Write(PduBuffer output)
    {
        var start = output.BeginItem(ItemType.RoleSelection);
        output.CountedAscii(SopClassUid);
        output.Byte(Scu ? (byte)1 : (byte)0);
        output.Byte(Scp ? (byte)1 : (byte)0);
        output.EndItem(start);
    }
}
