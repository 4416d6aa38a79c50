using System.Buffers;
using BrainTumorDicom.Dicom.UpperLayer;

namespace BrainTumorDicom.Dicom.Dimse;

/// <summary>The DIMSE service user of one association: hands each response to who waits for it.</summary>
internal sealed class ClientSession(IReadOnlyList<PresentationContextProposal> proposals) : IUpperLayerUser, IDisposable
{
    private const long ResponseDataSetLimit = 1 << 20;

    private readonly TaskCompletionSource<bool> connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string?[] abstractSyntaxes = new string?[256];
    private readonly Lock gate = new();
    private MessageAssembler? assembler;
    private TaskCompletionSource<StoreResponse>? waiting;
    private CommandSet asked;
    private Exception? end;

    internal Task<bool> Connected => connected.Task;

    internal IReadOnlyList<AcceptedContext> Accepted { get; private set; } = [];

    /// <summary>Context IDs are the odd numbers.</summary>
    internal static byte IdOf(int index) => (byte)((2 * index) + 1);

    internal AcceptedContext? Find(string sopClassUid, string transferSyntaxUid) =>
        Accepted.FirstOrDefault(context => context.AbstractSyntax == sopClassUid && context.TransferSyntax == transferSyntaxUid);

    /// <summary>The response to <paramref name="command"/>, which is about to be sent.</summary>
    internal Task<StoreResponse> Expect(CommandSet command)
    {
        lock (gate)
        {
            if (waiting is not null)
            {
                throw new InvalidOperationException("One operation at a time: the window is 1 (PS3.7 §D.3.3.3).");
            }

            if (end is not null)
            {
                return Task.FromException<StoreResponse>(end);
            }

            asked = command;
            waiting = new TaskCompletionSource<StoreResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
            return waiting.Task;
        }
    }

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

    public ValueTask DataIndicationAsync(ReadOnlySequence<byte> body)
    {
        while (assembler!.TryTake(ref body, out var message))
        {
            Answer(message.Command);
        }

        return ValueTask.CompletedTask;
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
        lock (gate)
        {
            this.end = error;
            waiting?.TrySetException(error);
            _ = waiting?.Task.Exception;
            waiting = null;
        }

        return ValueTask.CompletedTask;
    }

    public void Dispose() => assembler?.Dispose();

    private void Answer(CommandSet response)
    {
        lock (gate)
        {
            if (waiting is null || response.Field != (asked.Field | CommandField.ResponseBit)
                || response.MessageIdBeingRespondedTo != asked.MessageId || response.Status is not { } status)
            {
                throw new DicomProtocolException(AbortReason.UnexpectedPduParameter, "a message came that answers nothing asked.");
            }

            waiting.TrySetResult(new StoreResponse(new DimseStatus(status), response.ErrorComment));
            waiting = null;
        }
    }
}
