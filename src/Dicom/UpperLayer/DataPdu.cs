using System.Buffers.Binary;

namespace BrainTumorDicom.Dicom.UpperLayer;

/// <summary>Writes P-DATA-TF (PS3.8 §9.3.5): one PDV a PDU.</summary>
internal static class DataPdu
{
    /// <summary>PDU header, PDV length, context ID, message control header (PS3.8 Annex E.2).</summary>
    internal const int HeaderLength = PduFramer.HeaderLength + PdvHeaderLength;

    internal const int PdvHeaderLength = 6;

    internal const byte CommandBit = 1;
    internal const byte LastBit = 2;

    internal static void Write(PduBuffer output, byte contextId, byte control, ReadOnlySpan<byte> fragment)
    {
        var span = output.Append(HeaderLength + fragment.Length);
        span[0] = (byte)PduType.Data;
        span[1] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(span[2..], (uint)(fragment.Length + PdvHeaderLength));
        BinaryPrimitives.WriteUInt32BigEndian(span[6..], (uint)(fragment.Length + 2));
        span[10] = contextId;
        span[11] = control;
        fragment.CopyTo(span[HeaderLength..]);
    }
}
