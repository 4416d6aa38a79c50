using System.Text;
using BrainTumorDicom.Dicom.UpperLayer;

namespace BrainTumorDicom.Dicom.Tests.UpperLayer;

public sealed class AssociatePduTests
{
    /// <summary>
    /// A-ASSOCIATE-RQ (PS3.8 §9.3.2): version 1, called ANY-SCP, calling ECHOSCU, application context 1.2.840.10008.3.1.1.1;
    /// context 1 Verification in implicit VR little endian; maximum length 16384, class UID 1.2.3, window 2/3, an item F0H
    /// that nobody knows, role of 1.2 SCU and SCP, user identity "me" with answer asked for, version name TEST.
    /// </summary>
    private static byte[] GoldenRequest =>
    [
        .. Hex("0001 0000"), .. Encoding.ASCII.GetBytes("ANY-SCP         "), .. Encoding.ASCII.GetBytes("ECHOSCU         "), .. new byte[32],
        .. Hex("1000 0015"), .. Encoding.ASCII.GetBytes("1.2.840.10008.3.1.1.1"),
        .. Hex("2000 002E 01 00 00 00"),
        .. Hex("3000 0011"), .. Encoding.ASCII.GetBytes("1.2.840.10008.1.1"),
        .. Hex("4000 0011"), .. Encoding.ASCII.GetBytes("1.2.840.10008.1.2"),
        .. Hex("5000 003E"),
        .. Hex("5100 0004 00004000"),
        .. Hex("5200 0005"), .. Encoding.ASCII.GetBytes("1.2.3"),
        .. Hex("5300 0004 0002 0003"),
        .. Hex("F000 0002 0000"),
        .. Hex("5400 0007 0003"), .. Encoding.ASCII.GetBytes("1.2"), .. Hex("01 01"),
        .. Hex("5800 0008 01 01 0002"), .. Encoding.ASCII.GetBytes("me"), .. Hex("0000"),
        .. Hex("5500 0004"), .. Encoding.ASCII.GetBytes("TEST"),
    ];

    [Fact]
    public void A_request_is_read_with_all_its_items()
    {
        var request = AssociateRequest.Read(GoldenRequest);

        Assert.Equal("ANY-SCP", request.CalledAe.Value);
        Assert.Equal("ECHOSCU", request.CallingAe.Value);
        Assert.Equal(AssociateRequest.DicomApplicationContext, request.ApplicationContext);
        var context = Assert.Single(request.Contexts);
        Assert.Equal((1, "1.2.840.10008.1.1"), (context.Id, context.AbstractSyntax));
        Assert.Equal(["1.2.840.10008.1.2"], context.TransferSyntaxes);
        Assert.Equal(16384u, request.User.MaximumLength);
        Assert.Equal("1.2.3", request.User.ImplementationClassUid);
        Assert.Equal("TEST", request.User.ImplementationVersionName);
        Assert.Equal(new AsynchronousOperations(2, 3), request.User.AsynchronousOperations);
        Assert.Equal(new RoleSelection("1.2", Scu: true, Scp: true), Assert.Single(request.User.Roles));
        Assert.Equal(new UserIdentity(1, PositiveResponseRequested: true), request.User.UserIdentity);
    }

    [Fact]
    public void A_request_that_is_cut_short_anywhere_is_refused()
    {
        var golden = GoldenRequest;
        for (var length = 0; length < golden.Length; length++)
        {
            Assert.Throws<DicomProtocolException>(() => AssociateRequest.Read(golden.AsSpan(0, length)));
        }
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        var request = new AssociateRequest
        {
            CalledAe = new AeTitle("SIXTEEN-CHARS-AE"),
            CallingAe = new AeTitle("A"),
            Contexts = [new ProposedContext(1, "1.2.3", ["1.2.840.10008.1.2", "1.2.840.10008.1.2.1"]), new ProposedContext(255, "1.2.4", ["1.2"])],
            User = new UserInformation
            {
                MaximumLength = 262144,
                ImplementationClassUid = "1.2.3",
                ImplementationVersionName = "X",
                Roles = [new RoleSelection("1.2.3", Scu: true, Scp: false)],
                Extended = [new SopClassExtendedNegotiation("1.2.3", new byte[] { 1, 2 })],
                CommonExtended = [new SopClassCommonExtendedNegotiation("1.2.3", "1.2.840.10008.4.2", ["1.2.5", "1.2.66"])],
            },
        };
        using var output = new PduBuffer();
        request.Write(output);

        var read = AssociateRequest.Read(output.Written.Span[PduFramer.HeaderLength..]);

        Assert.Equal((request.CalledAe, request.CallingAe), (read.CalledAe, read.CallingAe));
        Assert.Equal(request.Contexts.Select(Text), read.Contexts.Select(Text));
        Assert.Equal(262144u, read.User.MaximumLength);
        Assert.Equal(request.User.Roles, read.User.Roles);
        Assert.Equal([1, 2], Assert.Single(read.User.Extended).Information.ToArray());
        Assert.Equal(["1.2.5", "1.2.66"], Assert.Single(read.User.CommonExtended).RelatedSopClassUids);
    }

    [Fact]
    public void An_abort_is_seven_then_four_bytes()
    {
        using var output = new PduBuffer();

        new Abort(AbortSource.ServiceProvider, AbortReason.InvalidPduParameterValue).Write(output);

        // Type 07, length 4, two reserved bytes, source 2 (provider), reason 6.
        Assert.Equal(Hex("07 00 00000004 00 00 02 06"), output.Written.ToArray());
    }

    private static string Text(ProposedContext context) => $"{context.Id} {context.AbstractSyntax} {string.Join(' ', context.TransferSyntaxes)}";

    private static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));
}
