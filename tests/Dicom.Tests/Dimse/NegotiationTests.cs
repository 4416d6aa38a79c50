using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.UpperLayer;

namespace BrainTumorDicom.Dicom.Tests.Dimse;

public sealed class NegotiationTests
{
    private static readonly string MrImage = DicomUid.MRImageStorage.Value;
    private static readonly string Mpeg = DicomUid.MPEG2MPML.Value;
    private static readonly string ExplicitLittleEndian = DicomUid.ExplicitVRLittleEndian.Value;

    [Fact]
    public void A_context_with_a_syntax_we_can_decode_never_gets_one_we_cannot()
    {
        var answer = Assert.Single(Answer(new ProposedContext(1, MrImage, [Mpeg, ExplicitLittleEndian])));

        Assert.Equal((ContextResult.Acceptance, ExplicitLittleEndian), (answer.Result, answer.TransferSyntax));
    }

    [Fact]
    public void A_context_with_nothing_but_what_cannot_be_decoded_is_kept_as_it_comes_where_that_is_asked_for()
    {
        var answer = Assert.Single(Answer(new DicomServerOptions { KeptTransferSyntaxes = [Mpeg] }, new ProposedContext(1, MrImage, [Mpeg])));

        Assert.Equal((ContextResult.Acceptance, Mpeg), (answer.Result, answer.TransferSyntax));
        Assert.Equal(ContextResult.TransferSyntaxesNotSupported, Assert.Single(Answer(new ProposedContext(1, MrImage, [Mpeg]))).Result);
    }

    [Fact]
    public void Unknown_classes_and_syntaxes_get_the_results_of_the_standard()
    {
        var answers = Answer(new ProposedContext(1, "1.2.3.4", [ExplicitLittleEndian]), new ProposedContext(3, MrImage, ["1.2.3.4"]));

        Assert.Equal(
            [ContextResult.AbstractSyntaxNotSupported, ContextResult.TransferSyntaxesNotSupported],
            answers.Select(answer => answer.Result));
    }

    [Fact]
    public void Verification_is_never_compressed()
    {
        var answer = Assert.Single(Answer(new ProposedContext(1, DicomUid.Verification.Value, [Mpeg])));

        Assert.Equal(ContextResult.TransferSyntaxesNotSupported, answer.Result);
    }

    private static IReadOnlyList<AnsweredContext> Answer(params ProposedContext[] contexts) => Answer(new DicomServerOptions(), contexts);

    private static IReadOnlyList<AnsweredContext> Answer(DicomServerOptions options, params ProposedContext[] contexts) =>
        new Negotiation(options).Accept(new AssociateRequest
        {
            CalledAe = new AeTitle("BRAINTUMORDICOM"),
            CallingAe = new AeTitle("PACS"),
            Contexts = contexts,
            User = new UserInformation { MaximumLength = 16384 },
        }).Contexts;
}
