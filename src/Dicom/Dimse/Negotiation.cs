using System.Collections.Frozen;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.UpperLayer;

namespace BrainTumorDicom.Dicom.Dimse;

/// <summary>The acceptor's side of negotiation (PS3.8 §9.3.3, PS3.7 §D.3).</summary>
internal sealed class Negotiation(DicomServerOptions options)
{
    // Odd numbers up to 255 (PS3.8 §9.3.2.2).
    private const int MaximumContexts = 128;

    private static readonly FrozenSet<string> VerificationSyntaxes =
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
        Contexts = [.. request.Contexts.Select(Answer)],
        User = new UserInformation
        {
            MaximumLength = options.MaximumPduLength,
            ImplementationClassUid = DicomImplementation.ClassUid,
            ImplementationVersionName = DicomImplementation.VersionName,

            // Synchronous only (PS3.7 §D.3.3.3).
            AsynchronousOperations = request.User.AsynchronousOperations is null ? null : new AsynchronousOperations(1, 1),

            // The peer stays SCU and we stay SCP (PS3.7 §D.3.3.4). One answer for each SOP class that was proposed: a request full
            // of others must not make an answer that does not fit its item.
            Roles = [.. request.User.Roles.DistinctBy(role => role.SopClassUid)
                .Where(role => request.Contexts.Any(context => context.AbstractSyntax == role.SopClassUid))
                .Where(role => DicomUid.TryParse(role.SopClassUid, out _)).Take(MaximumContexts)
                .Select(role => role with { Scp = false })],
        },
    };

    private AnsweredContext Answer(ProposedContext proposed)
    {
        var isVerification = proposed.AbstractSyntax == DicomUid.Verification.Value;
        var accepted = isVerification ? VerificationSyntaxes : transferSyntaxes;
        var chosen = proposed.TransferSyntaxes.FirstOrDefault(accepted.Contains)
            ?? (isVerification ? null : proposed.TransferSyntaxes.FirstOrDefault(keptSyntaxes.Contains));
        var result = !isVerification && !sopClasses.Contains(proposed.AbstractSyntax) ? ContextResult.AbstractSyntaxNotSupported
            : chosen is null ? ContextResult.TransferSyntaxesNotSupported
            : ContextResult.Acceptance;
        return new AnsweredContext(proposed.Id, result, chosen ?? DicomUid.ImplicitVRLittleEndian.Value);
    }
}
