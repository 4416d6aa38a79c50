using System.Buffers;
using System.Threading.Channels;
using BrainTumorDicom.Dicom.UpperLayer;
using Microsoft.Extensions.Logging;

namespace BrainTumorDicom.Dicom.Dimse;

/// <summary>The DIMSE service user of one association: hands each response to who waits for it.</summary>
internal sealed class ClientSession(DicomClientOptions options, ILogger logger) : IUpperLayerUser, IDisposable
{
    private const long ResponseDataSetLimit = 1 << 20;

    private readonly IReadOnlyList<PresentationContextProposal> proposals = options.Contexts;
    private readonly Channel<ClientResponse> responses = Channel.CreateUnbounded<ClientResponse>();
    private readonly CancellationTokenSource over = new();
    private readonly SemaphoreSlim reporting = new(1, 1);
    private readonly TaskCompletionSource<bool> connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string?[] abstractSyntaxes = new string?[256];
    private readonly Lock gate = new();
    private MessageAssembler? assembler;
    private CommandSet? asked;
    private Exception? end;

    /// <summary>Set before the association runs.</summary>
    internal Association? Association { get; set; }

    internal Task<bool> Connected => connected.Task;

    internal IReadOnlyList<AcceptedContext> Accepted { get; private set; } = [];

    /// <summary>Context IDs are the odd numbers.</summary>
    internal static byte IdOf(int index) => (byte)((2 * index) + 1);

    internal AcceptedContext? Find(string sopClassUid, string transferSyntaxUid) =>
        Accepted.FirstOrDefault(context => context.AbstractSyntax == sopClassUid && context.TransferSyntax == transferSyntaxUid);

    /// <summary>Readies for the responses to <paramref name="command"/>, which is about to be sent.</summary>
    internal void Expect(CommandSet command)
    {
        lock (gate)
        {
            if (asked is not null)
            {
                throw new InvalidOperationException("One operation at a time: the window is 1 (PS3.7 §D.3.3.3).");
            }

            asked = command;
        }
    }

    /// <summary>The next response to what was asked.</summary>
    /// <exception cref="DicomProtocolException">The association ended.</exception>
    /// <exception cref="IOException">The connection is lost.</exception>
    internal async Task<ClientResponse> NextAsync() =>
        await responses.Reader.WaitToReadAsync().ConfigureAwait(false) && responses.Reader.TryRead(out var response) ? response : throw end!;

    public AssociateReject? FindRefusal(AssociateRequest request) => throw new InvalidOperationException("A requestor gets no request.");

    public void AssociateIndication(AssociateRequest request) => throw new InvalidOperationException("A requestor gets no request.");

    public void AssociateConfirmation(AssociateAccept accept)
    {
        var accepted = new List<AcceptedContext>();
        foreach (var answer in accept.Contexts.Where(answer => answer.Result == ContextResult.Acceptance))
        {
            var index = answer.Id / 2;
            if (answer.Id % 2 == 0 || index >= proposals.Count || !proposals[index].TransferSyntaxes.Contains(answer.TransferSyntax))
            {
                throw new DicomProtocolException(AbortReason.InvalidPduParameterValue, "A-ASSOCIATE-AC accepts what was not proposed.");
            }

            accepted.Add(new AcceptedContext(answer.Id, proposals[index].AbstractSyntax, answer.TransferSyntax));
            abstractSyntaxes[answer.Id] = proposals[index].AbstractSyntax;
        }

        Accepted = accepted;
        assembler = new MessageAssembler(abstractSyntaxes, new MemoryBudget(long.MaxValue), ResponseDataSetLimit);
        connected.TrySetResult(true);
    }

    public void AssociateConfirmation(AssociateReject reject) =>
        connected.TrySetException(new AssociationRejectedException(reject.Result, reject.Source, reject.Reason));

    public async ValueTask DataIndicationAsync(ReadOnlySequence<byte> body)
    {
        while (assembler!.TryTake(ref body, out var message))
        {
            if (message.Command.Field == CommandField.EventReportRequest && options.EventReports is { } service)
            {
                await reporting.WaitAsync().ConfigureAwait(false);
                Association!.Respond(await ReportAsync(service, message).ConfigureAwait(false));
                reporting.Release();
            }
            else
            {
                Answer(message);
            }
        }
    }

    /// <summary>Each answer has its own time limit.</summary>
    public string? FindFault() => null;

    public ValueTask EndedAsync(AssociationEnd end)
    {
        Exception error = end.Kind == AssociationEndKind.ConnectionLost
            ? new IOException($"{end.Detail}.")
            : new DicomProtocolException(AbortReason.NotSpecified, $"the association ended ({end.Kind}): {end.Detail}.", isTransient: true);
        connected.TrySetException(error);

        // Read, so that a failure nobody waits for any more is not reported as unobserved.
        _ = connected.Task.Exception;
        this.end = error;
        responses.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    /// <summary>Completes when the event report that is being taken has its response: a release before that would cut it off.</summary>
    internal async Task ReportedAsync(CancellationToken cancellationToken)
    {
        await reporting.WaitAsync(cancellationToken).ConfigureAwait(false);
        reporting.Release();
    }

    /// <summary>Ends what is done with an event report, for the association is to end.</summary>
    internal void GiveUp() => over.Cancel();

    public void Dispose()
    {
        assembler?.Dispose();
        over.Dispose();
        reporting.Dispose();
    }

    private Task<DataRequest> ReportAsync(EventReportService service, DimseMessage message)
    {
        var context = Accepted.First(accepted => accepted.Id == message.ContextId);
        return service.AnswerAsync(
            message,
            context.AbstractSyntax,
            context.TransferSyntax,
            options.CalledAe,
            exception => logger.HandlerFailed(exception, Association!.Id, "an event report"),
            over.Token);
    }

    private void Answer(DimseMessage message)
    {
        var response = message.Command;
        lock (gate)
        {
            if (asked is not { } request || response.Field != (request.Field | CommandField.ResponseBit)
                || response.MessageIdBeingRespondedTo != request.MessageId || response.Status is not { } code)
            {
                throw new DicomProtocolException(AbortReason.UnexpectedPduParameter, "a message came that answers nothing asked.");
            }

            // Only a search has several responses (PS3.7 §9.1.2).
            var status = new DimseStatus(code);
            if (request.Field != CommandField.FindRequest || !status.IsPending)
            {
                asked = null;
            }

            responses.Writer.TryWrite(new ClientResponse(status, response.ErrorComment, message.DataSet.ToArray(), message.DataSetOverflowed));
        }
    }
}
