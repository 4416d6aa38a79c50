using System.Buffers;
using BrainTumorDicom.Service.Journal;
using FsCheck;
using FsCheck.Fluent;

namespace BrainTumorDicom.Service.Tests.Journal;

/// <summary>Properties of any journal record.</summary>
public sealed class RecordPropertyTests
{
    [Fact]
    public void A_record_is_read_as_it_was_written() =>
        Prop.ForAll(Arb.From(Header()), Arb.From(Gen.Choose(0, int.MaxValue)), (header, length) =>
        {
            var head = Written(header, length);
            return RecordFormat.TryReadLengths(head, out var lengths)
                && lengths.Head == head.Length && lengths.Data == length
                && RecordFormat.TryReadHead(head, lengths, out var read, out var checksum) && read == header && checksum == 7;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_record_with_one_bit_changed_in_its_head_is_no_record() =>
        Prop.ForAll(Arb.From(Header()), Arb.From(Gen.Choose(0, int.MaxValue)), (header, bit) =>
        {
            var head = Written(header, 10);
            head[bit / 8 % head.Length] ^= (byte)(1 << (bit % 8));
            return !(RecordFormat.TryReadLengths(head, out var lengths) && lengths.Head <= head.Length
                && RecordFormat.TryReadHead(head.AsSpan(0, lengths.Head), lengths, out _, out _));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void A_record_of_a_time_that_there_is_not_is_no_record(long milliseconds)
    {
        var head = Written(JournalFixture.Header(1), 0);
        BitConverter.TryWriteBytes(head.AsSpan(RecordFormat.PrefixLength + 8), milliseconds);
        var checksum = default(Crc32C).Append(head.AsSpan(0, 28)).Append(head.AsSpan(RecordFormat.PrefixLength)).Value;
        BitConverter.TryWriteBytes(head.AsSpan(28), checksum);

        Assert.True(RecordFormat.TryReadLengths(head, out var lengths));
        Assert.False(RecordFormat.TryReadHead(head, lengths, out _, out _));
    }

    private static byte[] Written(RecordHeader header, long length)
    {
        var head = new ArrayBufferWriter<byte>();
        RecordFormat.WriteHead(head, header, output => output.Write("preamble and group 2"u8), length, dataChecksum: 7);
        return head.WrittenSpan.ToArray();
    }

    private static Gen<RecordHeader> Header()
    {
        var text = Gen.Choose(0, 64).SelectMany(length => Gen.ListOf(Gen.Choose(1, 255), length)).Select(all => string.Concat(all.Select(code => (char)code)));
        var number = Gen.Choose(0, int.MaxValue);
        return text.SelectMany(first => text.SelectMany(second => number.SelectMany(one => number.SelectMany(two => Gen.Choose(0, 5).Select(outcome => new RecordHeader
        {
            Kind = outcome == 0 ? JournalRecordKind.Instance : JournalRecordKind.End,
            Outcome = outcome == 0 ? null : (SegmentOutcome)outcome,
            AssociationId = ((long)one << 31) | (uint)two,
            Received = DateTimeOffset.FromUnixTimeMilliseconds(((long)two << 10) + one),
            CallingAe = first,
            Variant = one,
            SopClassUid = second,
            SopInstanceUid = first,
            TransferSyntaxUid = second,
            StudyInstanceUid = first,
            SeriesInstanceUid = second,
            Modality = first,
        })))));
    }
}
