using System.Collections.Frozen;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.UpperLayer;

namespace BrainTumorDicom.Dicom.Dimse;

/// <summary>The acceptor's side of negotiation (PS3.8 §9.3.3, PS3.7 §D.3).</summary>
internal sealed class Negotiation(DicomServerOptions options)
{
    // Odd numbers up to 255 (PS3.8 §9.3.2.2).
    private const int MaximumContexts = 128;

    private static readonly FrozenSet<string> NativeSyntaxes =
        new[] { DicomUid.ImplicitVRLittleEndian.Value, DicomUid.ExplicitVRLittleEndian.Value, DicomUid.ExplicitVRBigEndian.Value }.ToFrozenSet();

    private readonly StoragePolicy storage = new(options);

    /// <summary>Why the request must be rejected, or <see langword="null"/>.</summary>
    internal AssociateReject? FindReject(AssociateRequest request) =>
        request.ApplicationContext != AssociateRequest.DicomApplicationContext ? AssociateReject.ApplicationContextNotSupported
        : options.RequireCalledAe && request.CalledAe != options.AeTitle ? AssociateReject.CalledAeTitleNotRecognized
        : null;

    internal AssociateAccept Accept(AssociateRequest request)
    {
        AnsweredContext[] contexts = [.. request.Contexts.Select(proposed => Answer(proposed, IsReporting(request, proposed.AbstractSyntax)))];
        var taken = request.Contexts.Zip(contexts)
            .Where(pair => pair.Second.Result == ContextResult.Acceptance)
            .Select(pair => pair.First.AbstractSyntax)
            .ToHashSet();
        return new AssociateAccept
        {
            CalledAe = request.CalledAe,
            CallingAe = request.CallingAe,
            Contexts = contexts,

            // Extended negotiation and user identity stay unanswered: not supported (PS3.7 §D.3.3.5, §D.3.3.7).
            User = new UserInformation
            {
                MaximumLength = options.MaximumPduLength,
                ImplementationClassUid = DicomImplementation.ClassUid,
                ImplementationVersionName = DicomImplementation.VersionName,
                AsynchronousOperations = request.User.AsynchronousOperations is { } window ? Answer(window) : null,

                // The peer stays SCU and we stay SCP (PS3.7 §D.3.3.4), the other way round only where we take its event reports. One
                // answer for each SOP class that is taken: a request full of roles must not make an answer that does not fit its item.
                Roles = [.. request.User.Roles.DistinctBy(role => role.SopClassUid)
                    .Where(role => taken.Contains(role.SopClassUid)).Take(MaximumContexts)
                    .Select(role => IsReporter(role) ? role with { Scu = false } : role with { Scp = false })],
            },
        };
    }

    /// <summary>The window (PS3.7 §D.3.3.3): what the peer may invoke, 0 being any number; of us it performs nothing, so one is enough.</summary>
    private AsynchronousOperations Answer(AsynchronousOperations window) =>
        new((ushort)(window.Invoked == 0 ? options.MaximumOperations : Math.Min(window.Invoked, options.MaximumOperations)), 1);

    /// <summary>Whether the context is one on which the peer is the SCP and may only report events.</summary>
    internal bool IsReporting(AssociateRequest request, string abstractSyntax) =>
        request.User.Roles.Any(role => role.SopClassUid == abstractSyntax && IsReporter(role));

    private bool IsReporter(RoleSelection role) => role.Scp && options.EventReports?.SopClasses.Contains(role.SopClassUid) == true;

    private AnsweredContext Answer(ProposedContext proposed, bool isReporting)
    {
        var hasNoPixels = isReporting || proposed.AbstractSyntax == DicomUid.Verification.Value;
        var chosen = hasNoPixels
            ? proposed.TransferSyntaxes.FirstOrDefault(NativeSyntaxes.Contains)
            : storage.Choose(proposed.AbstractSyntax, proposed.TransferSyntaxes);
        var result = !hasNoPixels && !storage.Takes(proposed.AbstractSyntax) ? ContextResult.AbstractSyntaxNotSupported
            : chosen is null ? ContextResult.TransferSyntaxesNotSupported
            : ContextResult.Acceptance;
        return new AnsweredContext(proposed.Id, result, chosen ?? DicomUid.ImplicitVRLittleEndian.Value);
    }
}
