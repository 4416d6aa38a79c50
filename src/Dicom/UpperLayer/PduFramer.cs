using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;

namespace BrainTumorDicom.Dicom.UpperLayer;

/// <summary>Cuts the stream of a transport connection into PDUs.</summary>
internal static class PduFramer
{
    /// <summary>Type, reserved byte, length.</summary>
    internal const int HeaderLength = 6;

    /// <summary>What a TLS connection begins with (RFC 8446 §5.1).</summary>
    private const byte TlsHandshake = 0x16;

    /// <summary>Takes one whole PDU (PS3.8 §9.3.1) off the front of <paramref name="buffer"/>. Pure: no I/O, no state.</summary>
    /// <param name="buffer">What has come so far; moved past the PDU.</param>
    /// <param name="limit">Most body bytes we will buffer. A resource limit; the negotiated
    /// P-DATA-TF maximum (PS3.8 Annex D.1) is checked later.</param>
    /// <param name="pdu">Borrows the pipe's memory: use it before the next AdvanceTo.</param>
    /// <returns><see langword="false"/> when more bytes are needed.</returns>
    /// <exception cref="DicomProtocolException">The type is none of PS3.8, or the length field exceeds <paramref name="limit"/>.</exception>
    internal static bool TryReadPdu(ref ReadOnlySequence<byte> buffer, uint limit, out RawPdu pdu)
    {
        pdu = default;
        if (buffer.IsEmpty)
        {
            return false;
        }

        Span<byte> header = stackalloc byte[HeaderLength];
        buffer.Slice(0, Math.Min(HeaderLength, buffer.Length)).CopyTo(header);

        // Another protocol's first byte is refused at once: it may never send six.
        var type = (PduType)header[0];
        if (type is < PduType.AssociateRequest or > PduType.Abort)
        {
            throw new DicomProtocolException(AbortReason.UnrecognizedPdu, string.Create(CultureInfo.InvariantCulture, $"PDU type {(byte)type:X2}H is none of 01H to 07H: {(header[0] == TlsHandshake ? "a TLS peer on a port without TLS" : "not a DICOM peer")}."));
        }

        if (buffer.Length < HeaderLength)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(header[2..]);

        // Refused before the body arrives, or one header could make us hold 4 GiB.
        if (length > limit)
        {
            throw new DicomProtocolException(AbortReason.InvalidPduParameterValue, string.Create(CultureInfo.InvariantCulture, $"PDU length {length} exceeds {limit}."));
        }

        if (buffer.Length < HeaderLength + (long)length)
        {
            return false;
        }

        pdu = new RawPdu(type, buffer.Slice(HeaderLength, length));
        buffer = buffer.Slice(pdu.Body.End);
        return true;
    }
}
