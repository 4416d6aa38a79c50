using System.Text;
using BrainTumorDicom.Service.Deliver;

namespace BrainTumorDicom.Service.Tests.Deliver;

public sealed class Hl7AcknowledgementTests
{
    [Theory]
    [InlineData("AA", "", typeof(DeliveryOutcome.Delivered))]
    [InlineData("CA", "", typeof(DeliveryOutcome.Delivered))]
    [InlineData("AE", "", typeof(DeliveryOutcome.Retry))]
    [InlineData("CE", "207", typeof(DeliveryOutcome.Retry))]
    [InlineData("AE", "206", typeof(DeliveryOutcome.Retry))]
    [InlineData("AE", "101", typeof(DeliveryOutcome.Failed))]
    [InlineData("AE", "204", typeof(DeliveryOutcome.Failed))]
    [InlineData("AR", "", typeof(DeliveryOutcome.Failed))]
    [InlineData("CR", "207", typeof(DeliveryOutcome.Failed))]
    [InlineData("XX", "", typeof(DeliveryOutcome.Retry))]
    public void A_code_says_whether_to_send_again(string code, string error, Type expected) =>
        Assert.IsType(expected, Read($"MSH|^~\\&|A|B|||2026||ACK|1|P|2.5.1\rMSA|{code}|ID\rERR|||{error}^text\r")!.ToOutcome());

    [Fact]
    public void What_it_says_becomes_one_line()
    {
        var read = Read("MSH|^~\\&|RIS||BTD||2026||ACK^R01|1|P|2.5.1\rMSA|AE|ID-7|Unknown patient\rERR||PID^1^3|204^Unknown key identifier^HL70357|E||||no such MRN\r")!;

        Assert.Equal(("AE", "ID-7", "204"), (read.Code, read.ControlId, read.ErrorCode));
        Assert.Equal("needs reconciliation: AE 204 Unknown patient; Unknown key identifier; no such MRN", Assert.IsType<DeliveryOutcome.Failed>(read.ToOutcome()).Error);
    }

    [Fact]
    public void A_line_feed_ends_a_segment_too() =>
        Assert.Equal(("AE", "7", "x"), Read("MSH|^~\\&|A|B\nMSA|AE|7|x\ny\n") is { } read ? (read.Code, read.ControlId, read.Text) : default);

    [Fact]
    public void Its_own_delimiters_count() => Assert.Equal("ID", Read("MSH$*~\\&$A\rMSA$AA$ID\r")!.ControlId);

    [Theory]
    [InlineData("")]
    [InlineData("MSH|^~\\&|A\r")]
    [InlineData("MSA|AA|ID\r")]
    [InlineData("MSH|^~\\&|A\rMSA\r")]
    [InlineData("HTTP/1.1 400 Bad Request")]
    public void Anything_else_is_no_acknowledgement(string text) => Assert.Null(Read(text));

    [Fact]
    public void A_frame_is_whole_only_at_its_end_wherever_the_stream_is_split()
    {
        byte[] stream = [.. "noise"u8, .. MllpFrame.Write("MSH|x\r"u8), .. "next"u8];
        var end = stream.AsSpan().IndexOf((byte)0x1C) + 1;

        for (var length = 0; length <= stream.Length; length++)
        {
            var whole = MllpFrame.TryRead(stream.AsMemory(0, length), out var message);

            Assert.Equal(length >= end, whole);
            Assert.Equal(whole ? "MSH|x\r" : "", Encoding.ASCII.GetString(message.Span));
        }
    }

    private static Hl7Acknowledgement? Read(string text) => Hl7Acknowledgement.Read(Encoding.UTF8.GetBytes(text));
}
