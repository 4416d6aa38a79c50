using System.Buffers;
using System.Net;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.UpperLayer;

namespace BrainTumorDicom.Dicom.Dimse;

/// <summary>The DIMSE service provider of one accepted association.</summary>
internal sealed class ServerSession(ServerShared shared, int id, Connection connection) : IUpperLayerUser, IDisposable
{
    private readonly string?[] abstractSyntaxes = new string?[256];
    private readonly string?[] transferSyntaxes = new string?[256];
    private readonly bool[] reporting = new bool[256];
    private readonly MessagePace pace = new(shared.Options, shared.Time);
    private readonly IPEndPoint remote = connection.Remote;
    private MessageAssembler? assembler;
    private IAssociationHandler? handler;
    private AssociationInfo? info;

    /// <summary>Set before the association runs.</summary>
    internal Association? Association { get; set; }

    public AssociateReject? FindRefusal(AssociateRequest request)
    {
        if ((request.ProtocolVersion & 1) == 0)
        {
            return AssociateReject.ProtocolVersionNotSupported;
        }

        var refusal = connection.Associate();
        if (refusal is not null)
        {
            shared.Logger.Rejected(id, request.CallingAe, request.CalledAe, remote, refusal.Meaning);
        }

        return refusal;
    }

    public void AssociateIndication(AssociateRequest request)
    {
        if (FindReject(request) is { } reject)
        {
            shared.Logger.Rejected(id, request.CallingAe, request.CalledAe, remote, reject.Meaning);
            Association!.Reject(reject);
            return;
        }

        var accept = shared.Negotiation.Accept(request);
        foreach (var (proposed, answered) in request.Contexts.Zip(accept.Contexts))
        {
            if (answered.Result == ContextResult.Acceptance)
            {
                abstractSyntaxes[answered.Id] = proposed.AbstractSyntax;
                transferSyntaxes[answered.Id] = answered.TransferSyntax;
                reporting[answered.Id] = shared.Negotiation.IsReporting(request, proposed.AbstractSyntax);
            }
            else
            {
                shared.Logger.ContextRefused(id, answered.Result, proposed.AbstractSyntax, string.Join(", ", proposed.TransferSyntaxes));
            }
        }

        if (request.User.UserIdentity is { } identity)
        {
            shared.Logger.UserIdentityUnanswered(id, identity.Type);
        }

        info = new AssociationInfo(id, request.CallingAe, request.CalledAe, remote, request.User.ImplementationVersionName);
        assembler = new MessageAssembler(abstractSyntaxes, connection.Peer.Budget, shared.Options.MaximumDataSetBytes);
        handler = shared.CreateHandler(info);
        shared.Logger.Accepted(id, info.CallingAe, remote, abstractSyntaxes.Count(syntax => syntax is not null), accept.Contexts.Count);
        Association!.Accept(accept);
    }

    public void AssociateConfirmation(AssociateAccept accept) => throw new InvalidOperationException("An acceptor gets no confirmation.");

    public void AssociateConfirmation(AssociateReject reject) => throw new InvalidOperationException("An acceptor gets no confirmation.");

    public async ValueTask DataIndicationAsync(ReadOnlySequence<byte> body)
    {
        var length = body.Length;
        while (assembler!.TryTake(ref body, out var message))
        {
            pace.End();
            length = body.Length;
            var command = message.Command;
            if (command.Field == CommandField.CancelRequest)
            {
                // What it would cancel has been answered already (PS3.7 §9.3.2.3).
                continue;
            }

            if (command.IsResponse)
            {
                throw new DicomProtocolException(AbortReason.UnexpectedPduParameter, "a response came although nothing was asked.");
            }

            if (reporting[message.ContextId] && command.Field == CommandField.EventReportRequest)
            {
                Association!.Respond(await ReportAsync(message).ConfigureAwait(false));
                continue;
            }

            var answer = command.Field switch
            {
                // On a context where the peer is the SCP it has nothing to ask (PS3.7 §D.3.3.4).
                _ when reporting[message.ContextId] => Unrecognized(command),
                CommandField.StoreRequest => await StoreAsync(message).ConfigureAwait(false),
                CommandField.EchoRequest => Echo(command),
                _ => Unrecognized(command),
            };
            Respond(message.ContextId, command, answer);
        }

        // What was taken without making a message whole belongs to one under way.
        if (length > 0)
        {
            pace.Add(length);
        }
    }

    public string? FindFault() => pace.FindFault();

    public async ValueTask EndedAsync(AssociationEnd end)
    {
        connection.EndAssociation();
        if (handler is null)
        {
            return;
        }

        try
        {
            await handler.EndedAsync(end).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // A handler's failure is its own; the association has ended all the same.
            shared.Logger.HandlerFailed(exception, id, "the end of the association");
        }
    }

    public void Dispose() => assembler?.Dispose();

    /// <summary>Why the request must be rejected, or <see langword="null"/>.</summary>
    private AssociateReject? FindReject(AssociateRequest request) =>
        shared.Negotiation.FindReject(request)
        ?? (shared.Gate.MayCall(request.CallingAe, remote) ? null : AssociateReject.CallingAeTitleNotRecognized);

    private static StoreResponse Echo(CommandSet command) =>
        command.SopClassUid == DicomUid.Verification.Value ? new StoreResponse(DimseStatus.Success) : new StoreResponse(DimseStatus.SopClassNotSupported);

    private StoreResponse Unrecognized(CommandSet command)
    {
        shared.Logger.OperationRefused(id, command.Field);
        return new StoreResponse(DimseStatus.UnrecognizedOperation, "not an operation of this context");
    }

    private Task<DataRequest> ReportAsync(DimseMessage message) => shared.Options.EventReports!.AnswerAsync(
        message,
        abstractSyntaxes[message.ContextId]!,
        transferSyntaxes[message.ContextId]!,
        info!.CallingAe,
        exception => shared.Logger.HandlerFailed(exception, id, "an event report"),
        shared.Stopping);

    private async ValueTask<StoreResponse> StoreAsync(DimseMessage message)
    {
        var refusal = Refuse(message);
        if (refusal is { } refused)
        {
            shared.Logger.StoreRefused(id, message.Command.SopInstanceUid ?? "", refused.Status, refused.ErrorComment ?? "");
            return refused;
        }

        var request = new StoreRequest
        {
            AssociationId = id,
            CallingAe = info!.CallingAe,
            CalledAe = info.CalledAe,
            RemoteAddress = remote,
            SopClassUid = message.Command.SopClassUid!,
            SopInstanceUid = message.Command.SopInstanceUid!,
            TransferSyntaxUid = transferSyntaxes[message.ContextId]!,
            DataSet = message.DataSet,
        };
        try
        {
            return await handler!.StoreAsync(request, shared.Stopping).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Part of the association loop: a handler's failure costs its own instance, not the association.
            shared.Logger.HandlerFailed(exception, id, request.SopInstanceUid);
            return new StoreResponse(DimseStatus.ProcessingFailure, "internal error");
        }
    }

    private StoreResponse? Refuse(DimseMessage message)
    {
        var command = message.Command;
        var context = abstractSyntaxes[message.ContextId];
        return command.SopClassUid != context || context == DicomUid.Verification.Value
                ? new StoreResponse(DimseStatus.SopClassNotSupported, "SOP Class is not that of the presentation context")
            : command.SopInstanceUid is not { Length: > 0 } uid || !DicomUid.TryParse(uid, out _)
                ? new StoreResponse(DimseStatus.InvalidSopInstance, "SOP Instance UID is missing or no UID")
            : message.DataSetOverflowed
                ? new StoreResponse(DimseStatus.OutOfResources, "data set exceeds a limit")
            : message.DataSet.IsEmpty
                ? new StoreResponse(DimseStatus.CannotUnderstand, "no data set")
            : null;
    }

    private void Respond(byte contextId, CommandSet command, StoreResponse answer)
    {
        var response = new CommandSet
        {
            SopClassUid = command.SopClassUid,
            Field = (ushort)(command.Field | CommandField.ResponseBit),
            MessageIdBeingRespondedTo = command.MessageId,
            DataSetType = CommandSet.NoDataSet,
            Status = answer.Status.Code,
            ErrorComment = answer.Status.IsSuccess ? null : answer.ErrorComment,
            SopInstanceUid = command.SopInstanceUid,
        };
        Association!.Respond(new DataRequest(contextId, response.ToArray(), default));
    }
}
