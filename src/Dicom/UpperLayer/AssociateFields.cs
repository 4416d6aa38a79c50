using System.Buffers.Binary;

namespace BrainTumorDicom.Dicom.UpperLayer;

/// <summary>The 68 bytes that A-ASSOCIATE-RQ and -AC begin with (PS3.8 tables 9-11 and 9-17).</summary>
internal readonly record struct AssociateFields(ushort ProtocolVersion, AeTitle CalledAe, AeTitle CallingAe)
{
    private const int AeTitleLength = 16;

    internal static AssociateFields Read(ref ReadOnlySpan<byte> body)
    {
        var version = BinaryPrimitives.ReadUInt16BigEndian(ItemReader.Take(ref body, 4));
        var called = AeTitle.FromWire(ItemReader.Take(ref body, AeTitleLength));
        var calling = AeTitle.FromWire(ItemReader.Take(ref body, AeTitleLength));
        ItemReader.Take(ref body, 32);
        return new AssociateFields(version, called, calling);
    }

    internal void Write(PduBuffer output)
    {
        output.UInt16(ProtocolVersion);
        output.UInt16(0);
        output.Ascii(CalledAe.Value.PadRight(AeTitleLength));
        output.Ascii(CallingAe.Value.PadRight(AeTitleLength));
        output.Zeros(32);
    }
}
