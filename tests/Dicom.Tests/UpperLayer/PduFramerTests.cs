using System.Buffers;
using BrainTumorDicom.Dicom.UpperLayer;

namespace BrainTumorDicom.Dicom.Tests.UpperLayer;

public sealed class PduFramerTests
{
    [Fact]
    public void A_length_over_the_limit_is_refused_before_the_body_arrives()
    {
        var buffer = new ReadOnlySequence<byte>([0x04, 0x00, 0xFF, 0xFF, 0xFF, 0xFF]);

        var error = Assert.Throws<DicomProtocolException>(() => PduFramer.TryReadPdu(ref buffer, limit: 4096, out _));

        Assert.Equal(AbortReason.InvalidPduParameterValue, error.Reason);
    }

    [Fact]
    public void Another_protocol_is_refused_at_its_first_byte()
    {
        var buffer = new ReadOnlySequence<byte>("G"u8.ToArray());

        var error = Assert.Throws<DicomProtocolException>(() => PduFramer.TryReadPdu(ref buffer, limit: 4096, out _));

        Assert.Equal(AbortReason.UnrecognizedPdu, error.Reason);
    }

    [Fact]
    public void Any_split_of_the_stream_reads_the_same()
    {
        // A-RELEASE-RQ, P-DATA-TF with one PDV of context 1, A-ABORT.
        byte[] stream = [5, 0, 0, 0, 0, 4, 0, 0, 0, 0, 4, 0, 0, 0, 0, 8, 0, 0, 0, 4, 1, 3, 0xAA, 0xBB, 7, 0, 0, 0, 0, 4, 0, 0, 2, 1];
        var whole = Read(new ReadOnlySequence<byte>(stream));

        for (var first = 0; first <= stream.Length; first++)
        {
            for (var second = first; second <= stream.Length; second++)
            {
                Assert.Equal(whole, Read(Split(stream, first, second)));
            }
        }

        Assert.Equal(["ReleaseRequest 00000000", "Data 000000040103AABB", "Abort 00000201"], whole);
    }

    [Fact]
    public void Half_a_PDU_waits_for_the_rest()
    {
        var buffer = new ReadOnlySequence<byte>([5, 0, 0, 0, 0, 4, 0, 0, 0]);

        Assert.False(PduFramer.TryReadPdu(ref buffer, 4096, out _));
        Assert.Equal(9, buffer.Length);
    }

    private static List<string> Read(ReadOnlySequence<byte> buffer)
    {
        var read = new List<string>();
        while (PduFramer.TryReadPdu(ref buffer, 4096, out var pdu))
        {
            read.Add($"{pdu.Type} {Convert.ToHexString(pdu.Body.ToArray())}");
        }

        Assert.True(buffer.IsEmpty);
        return read;
    }

    private static ReadOnlySequence<byte> Split(byte[] stream, int first, int second)
    {
        var head = new Piece(stream.AsMemory(0, first), 0);
        var middle = head.Append(stream.AsMemory(first, second - first));
        var tail = middle.Append(stream.AsMemory(second));
        return new ReadOnlySequence<byte>(head, 0, tail, tail.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        internal Piece(ReadOnlyMemory<byte> memory, long index)
        {
            Memory = memory;
            RunningIndex = index;
        }

        internal Piece Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Piece(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
