using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.UpperLayer;

namespace BrainTumorDicom.Dicom.Tests.Dimse;

public sealed class NegotiationTests
{
    private static readonly string MrImage = DicomUid.MRImageStorage.Value;
    private static readonly string Jpeg2000 = DicomUid.JPEG2000Lossless.Value;
    private static readonly string ExplicitLittleEndian = DicomUid.ExplicitVRLittleEndian.Value;

    [Fact]
    public void A_context_with_a_syntax_we_can_decode_never_gets_one_we_cannot()
    {
        var answer = Assert.Single(Answer(new ProposedContext(1, MrImage, [Jpeg2000, ExplicitLittleEndian])));

        Assert.Equal((ContextResult.Acceptance, ExplicitLittleEndian), (answer.Result, answer.TransferSyntax));
    }

    [Fact]
    public void A_context_with_nothing_but_compression_is_kept_as_it_comes()
    {
        var answer = Assert.Single(Answer(new ProposedContext(1, MrImage, [Jpeg2000])));

        Assert.Equal((ContextResult.Acceptance, Jpeg2000), (answer.Result, answer.TransferSyntax));
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
        var answer = Assert.Single(Answer(new ProposedContext(1, DicomUid.Verification.Value, [Jpeg2000])));

        Assert.Equal(ContextResult.TransferSyntaxesNotSupported, answer.Result);
    }

    [Fact]
    public void Roles_are_answered_once_for_each_proposed_class_however_many_are_asked_for()
    {
        var asked = Enumerable.Range(0, 4000).Select(i => new RoleSelection($"1.2.{i}", true, true)).Append(new RoleSelection(MrImage, true, true)).Append(new RoleSelection(MrImage, true, true));
        var request = Request(new ProposedContext(1, MrImage, [ExplicitLittleEndian]));

        var accept = new Negotiation(new DicomServerOptions()).Accept(request with { User = request.User with { Roles = [.. asked] } });

        Assert.Equal([new RoleSelection(MrImage, true, false)], accept.User.Roles);
    }

    private static IReadOnlyList<AnsweredContext> Answer(params ProposedContext[] contexts) =>
        new Negotiation(new DicomServerOptions()).Accept(Request(contexts)).Contexts;

    private static AssociateRequest Request(params ProposedContext[] contexts) => new()
    {
        CalledAe = new AeTitle("BRAINTUMORDICOM"),
        CallingAe = new AeTitle("PACS"),
        Contexts = contexts,
        User = new UserInformation { MaximumLength = 16384 },
    };
}
