using System.Collections.Frozen;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.UpperLayer;

namespace BrainTumorDicom.Dicom.Dimse;

/// <summary>The acceptor's side of negotiation (PS3.8 §9.3.3, PS3.7 §D.3).</summary>
internal sealed class Negotiation(DicomServerOptions options)
{
    private static readonly FrozenSet<string> NativeSyntaxes =
        new[] { DicomUid.ImplicitVRLittleEndian.Value, DicomUid.ExplicitVRLittleEndian.Value, DicomUid.ExplicitVRBigEndian.Value }.ToFrozenSet();

    private readonly FrozenSet<string> sopClasses = options.AcceptedSopClasses.ToFrozenSet();
    private readonly FrozenSet<string> transferSyntaxes = options.AcceptedTransferSyntaxes.ToFrozenSet();
    private readonly FrozenSet<string> keptSyntaxes = options.KeptTransferSyntaxes.ToFrozenSet();

    /// <summary>Why the request must be rejected, or <see langword="null"/>.</summary>
    internal AssociateReject? FindReject(AssociateRequest request) =>
        request.ApplicationContext != AssociateRequest.DicomApplicationContext ? AssociateReject.ApplicationContextNotSupported
        : options.RequireCalledAe && request.CalledAe != options.AeTitle ? AssociateReject.CalledAeTitleNotRecognized
        : null;

    internal AssociateAccept Accept(AssociateRequest request) => new()
    {
        CalledAe = request.CalledAe,
        CallingAe = request.CallingAe,
        Contexts = [.. request.Contexts.Select(proposed => Answer(proposed, IsReporting(request, proposed.AbstractSyntax)))],
        User = new UserInformation
        {
            MaximumLength = options.MaximumPduLength,
            ImplementationClassUid = DicomImplementation.ClassUid,
            ImplementationVersionName = DicomImplementation.VersionName,

            // Synchronous only (PS3.7 §D.3.3.3).
            AsynchronousOperations = request.User.AsynchronousOperations is null ? null : new AsynchronousOperations(1, 1),

            // The peer stays SCU and we stay SCP (PS3.7 §D.3.3.4), the other way round only where we take its event reports.
            Roles = [.. request.User.Roles.Select(role => IsReporter(role) ? role with { Scu = false } : role with { Scp = false })],
        },
    };

    /// <summary>Whether the context is one on which the peer is the SCP and may only report events.</summary>
    internal bool IsReporting(AssociateRequest request, string abstractSyntax) =>
        request.User.Roles.Any(role => role.SopClassUid == abstractSyntax && IsReporter(role));

    private bool IsReporter(RoleSelection role) => role.Scp && options.EventReports?.SopClasses.Contains(role.SopClassUid) == true;

    private AnsweredContext Answer(ProposedContext proposed, bool isReporting)
    {
        var hasNoPixels = isReporting || proposed.AbstractSyntax == DicomUid.Verification.Value;
        var accepted = hasNoPixels ? NativeSyntaxes : transferSyntaxes;
        var chosen = proposed.TransferSyntaxes.FirstOrDefault(accepted.Contains)
            ?? (hasNoPixels ? null : proposed.TransferSyntaxes.FirstOrDefault(keptSyntaxes.Contains));
        var result = !hasNoPixels && !sopClasses.Contains(proposed.AbstractSyntax) ? ContextResult.AbstractSyntaxNotSupported
            : chosen is null ? ContextResult.TransferSyntaxesNotSupported
            : ContextResult.Acceptance;
        return new AnsweredContext(proposed.Id, result, chosen ?? DicomUid.ImplicitVRLittleEndian.Value);
    }
}
