namespace BrainTumorDicom.Dicom.UpperLayer;

/// <summary>User Identity of A-ASSOCIATE-RQ (PS3.7 §D.3.3.7). Read and left unanswered: we know no users. The secret itself is not kept.</summary>
/// <param name="Type">1 user name, 2 with passcode, 3 Kerberos, 4 SAML, 5 JWT.</param>
/// <param name="PositiveResponseRequested">Whether the peer wants an answer.</param>
internal sealed record UserIdentity(byte Type, bool PositiveResponseRequested)
{
    internal static UserIdentity Read(ReadOnlySpan<byte> value)
    {
        var head = ItemReader.Take(ref value, 2);
        ItemReader.TakeCounted(ref value);
        ItemReader.TakeCounted(ref value);
        return new UserIdentity(head[0], head[1] == 1);
    }
}
