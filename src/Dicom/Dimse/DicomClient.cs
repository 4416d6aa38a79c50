using System.Globalization;
using System.Net.Sockets;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.UpperLayer;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace BrainTumorDicom.Dicom.Dimse;

/// <summary>An SCU of C-ECHO, C-STORE, C-FIND and N-ACTION: one association, one operation at a time.</summary>
public sealed partial class DicomClient : IAsyncDisposable
{
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);
    private static int lastId;

    private readonly DicomClientOptions options;
    private readonly TimeProvider time;
    private readonly Transport transport;
    private readonly ClientSession session;
    private readonly Association association;
    private Task running = Task.CompletedTask;
    private ushort lastMessageId;
    private bool released;

    private DicomClient(DicomClientOptions options, ILogger logger, TimeProvider time)
    {
        this.options = options;
        this.time = time;
        var limits = new AssociationLimits(options.MaximumPduLength, CloseTimeout, options.ResponseTimeout);
        var tls = options.Tls is null ? null : new TlsClient(options.Tls, options.Host);
        transport = new Transport(
            new Socket(SocketType.Stream, ProtocolType.Tcp), limits.BufferLimit, options.ResponseTimeout, tls is null ? null : tls.AuthenticateAsync);
        session = new ClientSession(options, logger);
        association = new Association(Interlocked.Increment(ref lastId), transport, session, limits, time, logger);
        session.Association = association;
    }

    /// <summary>The contexts that the peer accepted.</summary>
    public IReadOnlyList<AcceptedContext> AcceptedContexts => session.Accepted;

    /// <summary>Connects and negotiates.</summary>
    /// <param name="options">Whom to call.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="loggers">For the log; none where null.</param>
    /// <param name="time">The clock; the system's where null.</param>
    /// <exception cref="AssociationRejectedException">The peer rejects.</exception>
    /// <exception cref="DicomProtocolException">The peer aborts, or breaks the protocol.</exception>
    /// <exception cref="IOException">No connection, or no answer in time.</exception>
    /// <exception cref="InvalidDataException">A file of the TLS options cannot be used.</exception>
    public static async Task<DicomClient> ConnectAsync(
        DicomClientOptions options, CancellationToken cancellationToken, ILoggerFactory? loggers = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfZero(options.Contexts.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Contexts.Count, 128);
        ILogger logger = loggers is null ? NullLogger.Instance : loggers.CreateLogger<DicomClient>();
        var client = new DicomClient(options, logger, time ?? TimeProvider.System);
        try
        {
            client.running = client.association.RequestorAsync(client.CreateRequest());
            await client.AnswerAsync(client.session.Connected, options.ConnectTimeout + options.ResponseTimeout, cancellationToken).ConfigureAwait(false);
            return client;
        }
        catch
        {
            await client.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>C-ECHO (PS3.7 §9.1.5). Needs an accepted Verification context.</summary>
    /// <exception cref="DicomException">No such context, or the peer aborts.</exception>
    /// <exception cref="IOException">The connection is lost, or no answer comes in time.</exception>
    public async Task<DimseStatus> EchoAsync(CancellationToken cancellationToken)
    {
        var context = ContextOf(DicomUid.Verification);
        var command = new CommandSet { SopClassUid = context.AbstractSyntax, Field = CommandField.EchoRequest, MessageId = ++lastMessageId, DataSetType = CommandSet.NoDataSet };
        var response = await AskAsync(context.Id, command, default, cancellationToken).ConfigureAwait(false);
        return response.Status;
    }

    /// <summary>Whether the peer accepted a context for this SOP class in this transfer syntax.</summary>
    public bool Accepts(string sopClassUid, string transferSyntaxUid) => session.Find(sopClassUid, transferSyntaxUid) is not null;

    /// <summary>C-STORE (PS3.7 §9.1.1).</summary>
    /// <param name="sopClassUid">SOP Class UID of the data set.</param>
    /// <param name="sopInstanceUid">SOP Instance UID of the data set.</param>
    /// <param name="transferSyntaxUid">How <paramref name="dataSet"/> is encoded; the peer must have accepted it.</param>
    /// <param name="dataSet">Without file meta information. Stays the caller's; not to be changed until the task ends.</param>
    /// <param name="cancellationToken">Aborts the association.</param>
    /// <exception cref="DicomException">No such context, or the peer aborts.</exception>
    /// <exception cref="IOException">The connection is lost, or no answer comes in time.</exception>
    public async Task<StoreResponse> StoreAsync(
        string sopClassUid, string sopInstanceUid, string transferSyntaxUid, ReadOnlyMemory<byte> dataSet, CancellationToken cancellationToken)
    {
        var context = session.Find(sopClassUid, transferSyntaxUid)
            ?? throw new DicomException($"the peer did not accept {sopClassUid} in {transferSyntaxUid}.");
        var command = new CommandSet
        {
            SopClassUid = sopClassUid,
            Field = CommandField.StoreRequest,
            MessageId = ++lastMessageId,
            DataSetType = 0,
            SopInstanceUid = sopInstanceUid,
        };
        var response = await AskAsync(context.Id, command, dataSet, cancellationToken).ConfigureAwait(false);
        return new StoreResponse(response.Status, response.ErrorComment);
    }

    /// <summary>A-RELEASE. A peer that does not answer is aborted.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        await session.ReportedAsync(cancellationToken).ConfigureAwait(false);
        released = true;
        association.Release();
        await running.WaitAsync(options.ResponseTimeout, time, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Aborts the association where it was not released.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!running.IsCompleted)
        {
            session.GiveUp();
            association.Abort(released ? "no answer to the release" : "given up");
            await running.WaitAsync(CloseTimeout).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            transport.Close();
        }

        await running.ConfigureAwait(false);
        session.Dispose();
    }

    private ConnectRequest CreateRequest() => new(options.Host, options.Port, options.ConnectTimeout, new AssociateRequest
    {
        CalledAe = options.CalledAe,
        CallingAe = options.CallingAe,
        Contexts = [.. options.Contexts.Select((context, index) => new ProposedContext(ClientSession.IdOf(index), context.AbstractSyntax, context.TransferSyntaxes))],
        User = new UserInformation
        {
            MaximumLength = options.MaximumPduLength,
            ImplementationClassUid = DicomImplementation.ClassUid,
            ImplementationVersionName = DicomImplementation.VersionName,
        },
    });

    private AcceptedContext ContextOf(DicomUid sopClass) =>
        session.Accepted.FirstOrDefault(accepted => accepted.AbstractSyntax == sopClass.Value)
        ?? throw new DicomException($"the peer did not accept {sopClass.Name}.");

    private async Task<ClientResponse> AskAsync(byte contextId, CommandSet command, ReadOnlyMemory<byte> dataSet, CancellationToken cancellationToken)
    {
        session.Expect(command);
        association.Send(new DataRequest(contextId, command.ToArray(), dataSet));
        return await AnswerAsync(session.NextAsync(), options.ResponseTimeout, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits for an answer. Without one nothing more can be asked: the association is aborted.</summary>
    private async Task<T> AnswerAsync<T>(Task<T> answer, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            return await answer.WaitAsync(timeout, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            association.Abort("no answer in time");
            throw new IOException(string.Create(CultureInfo.InvariantCulture, $"no answer from {options.CalledAe} within {timeout.TotalSeconds:0.#} s."));
        }
        catch (OperationCanceledException)
        {
            association.Abort("cancelled");
            throw;
        }
    }
}
