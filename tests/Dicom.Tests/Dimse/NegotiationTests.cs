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
    public void A_context_with_nothing_but_what_cannot_be_decoded_is_not_accepted()
    {
        var answer = Assert.Single(Answer(new ProposedContext(1, MrImage, [Mpeg])));

        Assert.Equal(ContextResult.TransferSyntaxesNotSupported, answer.Result);
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

    [Fact]
    public void Roles_are_answered_once_for_each_proposed_class_however_many_are_asked_for()
    {
        var asked = Enumerable.Range(0, 4000).Select(i => new RoleSelection($"1.2.{i}", true, true)).Append(new RoleSelection(MrImage, true, true)).Append(new RoleSelection(MrImage, true, true));

        var accept = Accept(
            new DicomServerOptions(), user => user with { Roles = [.. asked] }, new ProposedContext(1, MrImage, [ExplicitLittleEndian]));

        Assert.Equal([new RoleSelection(MrImage, true, false)], accept.User.Roles);
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(100, 8)]
    [InlineData(0, 8)] // any number
    public void The_window_is_what_the_peer_asks_for_up_to_ours_and_one_the_other_way(int asked, int answered)
    {
        var accept = Accept(new DicomServerOptions(), user => user with { AsynchronousOperations = new AsynchronousOperations((ushort)asked, 5) });

        Assert.Equal(new AsynchronousOperations((ushort)answered, 1), accept.User.AsynchronousOperations);
    }

    [Fact]
    public void A_window_nobody_asked_for_is_not_answered() =>
        Assert.Null(Accept(new DicomServerOptions(), user => user).User.AsynchronousOperations);

    [Fact]
    public void The_peer_stays_SCU_and_roles_of_classes_that_are_not_taken_are_not_answered()
    {
        var accept = Accept(
            new DicomServerOptions(),
            user => user with { Roles = [new RoleSelection(MrImage, Scu: true, Scp: true), new RoleSelection("1.2.3.4", Scu: true, Scp: false)] },
            new ProposedContext(1, MrImage, [ExplicitLittleEndian]),
            new ProposedContext(3, "1.2.3.4", [ExplicitLittleEndian]));

        Assert.Equal(new RoleSelection(MrImage, Scu: true, Scp: false), Assert.Single(accept.User.Roles));
    }

    [Fact]
    public void Extended_and_common_extended_negotiation_are_taken_without_an_answer()
    {
        var accept = Accept(
            new DicomServerOptions(),
            user => user with
            {
                Extended = [new SopClassExtendedNegotiation(MrImage, new byte[] { 1, 0, 1, 0, 0, 0 })],
                CommonExtended = [new SopClassCommonExtendedNegotiation(MrImage, "1.2.840.10008.4.2", [])],
            },
            new ProposedContext(1, MrImage, [ExplicitLittleEndian]));

        Assert.Equal(ContextResult.Acceptance, Assert.Single(accept.Contexts).Result);
        Assert.Empty(accept.User.Extended);
        Assert.Empty(accept.User.CommonExtended);
    }

    [Fact]
    public void A_policy_decides_for_its_class_and_one_for_the_others()
    {
        var options = new DicomServerOptions
        {
            SopClassPolicies =
            [
                new SopClassPolicy(SopClassPolicy.AnyOther, Accept: false, []),
                new SopClassPolicy(MrImage, Accept: true, []),
                new SopClassPolicy("1.2.3.4", Accept: true, []),
            ],
        };

        var accept = Accept(
            options,
            user => user,
            new ProposedContext(1, MrImage, [ExplicitLittleEndian]),
            new ProposedContext(3, DicomUid.CTImageStorage.Value, [ExplicitLittleEndian]),
            new ProposedContext(5, "1.2.3.4", [ExplicitLittleEndian]),
            new ProposedContext(7, DicomUid.Verification.Value, [ExplicitLittleEndian]));

        Assert.Equal(
            [ContextResult.Acceptance, ContextResult.AbstractSyntaxNotSupported, ContextResult.Acceptance, ContextResult.Acceptance],
            accept.Contexts.Select(context => context.Result));
    }

    [Fact]
    public void A_policy_can_leave_a_class_fewer_syntaxes_and_add_others()
    {
        var options = new DicomServerOptions { SopClassPolicies = [new SopClassPolicy(MrImage, Accept: true, [ExplicitLittleEndian, DicomUid.MPEG2MPML.Value])] };

        var accept = Accept(
            options,
            user => user,
            new ProposedContext(1, MrImage, [DicomUid.MPEG2MPML.Value, ExplicitLittleEndian]),
            new ProposedContext(3, MrImage, [DicomUid.MPEG2MPML.Value]),
            new ProposedContext(5, MrImage, [DicomUid.ImplicitVRLittleEndian.Value]));

        Assert.Equal(
            [(ContextResult.Acceptance, ExplicitLittleEndian), (ContextResult.Acceptance, DicomUid.MPEG2MPML.Value), (ContextResult.TransferSyntaxesNotSupported, DicomUid.ImplicitVRLittleEndian.Value)],
            accept.Contexts.Select(context => (context.Result, context.TransferSyntax)));
    }

    private static IReadOnlyList<AnsweredContext> Answer(params ProposedContext[] contexts) =>
        Accept(new DicomServerOptions(), user => user, contexts).Contexts;

    private static AssociateAccept Accept(DicomServerOptions options, Func<UserInformation, UserInformation> change, params ProposedContext[] contexts) =>
        new Negotiation(options).Accept(new AssociateRequest
        {
            CalledAe = new AeTitle("BRAINTUMORDICOM"),
            CallingAe = new AeTitle("PACS"),
            Contexts = contexts,
            User = change(new UserInformation { MaximumLength = 16384 }),
        });
}
