using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.UpperLayer;
using BrainTumorDicom.Fuzz.Mutation;
using BrainTumorDicom.Service.Receive;
using Microsoft.Extensions.Logging;

namespace BrainTumorDicom.Fuzz.Targets;

/// <summary>
/// Whole associations with a server on a loopback port. The peer sends its bytes, reads what comes, and closes. Whatever it sent,
/// the server answers in PDUs that can be read, ends the association once, and reports no error of its own.
/// </summary>
internal sealed class AssociationTarget : ILoggerProvider, ILogger, IAssociationHandler
{
    private static readonly Lazy<AssociationTarget> Instance = new(() => new AssociationTarget());
    private readonly ConcurrentQueue<string> errors = new();
    private readonly DicomServer server;
    private readonly ILoggerFactory loggers;
    private int accepted;
    private int ended;

    private AssociationTarget()
    {
        loggers = LoggerFactory.Create(builder => builder.AddProvider(this));
        var options = new DicomServerOptions
        {
            Port = 0,
            MaximumAssociations = 1000,
            MaximumDataSetBytes = 1 << 16,
            MaximumMemoryBytes = 1 << 20,
            ArtimTimeout = TimeSpan.FromSeconds(10),
            IdleTimeout = TimeSpan.FromSeconds(10),
        };
        server = new DicomServer(options, Begin, loggers);
        server.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
    }

    internal static FuzzTarget Create() => new("association", Seeds, input => Instance.Value.Run(input))
    {
        Allowed = [],
        Grammar = [new PduMutator()],
        FreeBytes = 16 << 20,
        BytesPerByte = 256,
        UsesThreads = true,
    };

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => this;

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            errors.Enqueue($"{formatter(state, exception)} {exception}");
        }
    }

    /// <inheritdoc/>
    public ValueTask<StoreResponse> StoreAsync(StoreRequest request, CancellationToken cancellationToken)
    {
        var problem = DataSetScanner.Scan(request.DataSet, request.TransferSyntaxUid).Problem;
        return ValueTask.FromResult(problem.Length == 0 ? new StoreResponse(DimseStatus.Success) : new StoreResponse(DimseStatus.CannotUnderstand, problem));
    }

    /// <inheritdoc/>
    public ValueTask EndedAsync(AssociationEnd end)
    {
        Interlocked.Increment(ref ended);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The server lives as long as the process.
    }

    private static IEnumerable<byte[]> Seeds()
    {
        var request = PduTarget.Bytes(PduTarget.Request().Write);
        var release = PduTarget.Bytes(Release.WriteRequest);
        return [request, .. DimseTarget.Seeds().Select(messages => (byte[])[.. request, .. messages, .. release]), .. PduTarget.Seeds()];
    }

    private AssociationTarget Begin(AssociationInfo info)
    {
        Interlocked.Increment(ref accepted);
        return this;
    }

    private int Run(byte[] input)
    {
        var answer = Exchange(input);
        var shape = Shape(answer);
        if (errors.TryDequeue(out var error))
        {
            errors.Clear();
            throw new PropertyBrokenException($"the server has no error of its own, but: {error}");
        }

        PropertyBrokenException.Require(SpinWait.SpinUntil(() => Volatile.Read(ref accepted) == Volatile.Read(ref ended), 5000), "an association that began ends");
        return shape;
    }

    private byte[] Exchange(byte[] input)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 20_000, SendTimeout = 20_000 };
        socket.Connect(new IPEndPoint(IPAddress.Loopback, server.LocalEndPoint.Port));
        using var answer = new MemoryStream();
        try
        {
            // In two parts: the first may end within anything.
            var half = input.Length / (1 + (input.Length % 3));
            socket.Send(input.AsSpan(0, half));
            socket.Send(input.AsSpan(half));
            socket.Shutdown(SocketShutdown.Send);
            var buffer = new byte[4096];
            int read;
            while ((read = socket.Receive(buffer)) > 0)
            {
                answer.Write(buffer, 0, read);
            }
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown)
        {
            // The server closed while bytes were on their way, as it may after an abort; what it said may be lost.
            return [];
        }

        return answer.ToArray();
    }

    /// <summary>Reads every answer; one that cannot be read is an error of the server's.</summary>
    private static int Shape(byte[] answer)
    {
        var shape = default(HashCode);
        var rest = new ReadOnlySequence<byte>(answer);
        try
        {
            while (PduFramer.TryReadPdu(ref rest, 1 << 20, out var pdu))
            {
                shape.Add(pdu.Type);
                var body = pdu.Body.ToArray();
                if (pdu.Type == PduType.AssociateAccept)
                {
                    shape.Add(AssociateAccept.Read(body).Contexts.Count(context => context.Result == ContextResult.Acceptance));
                }
                else if (pdu.Type == PduType.Data)
                {
                    // PDV length, context, control, command set: responses fit into one PDU unless the peer said it takes less.
                    PropertyBrokenException.Require(BinaryPrimitives.ReadUInt32BigEndian(body) == body.Length - 4, "an answer has one PDV a PDU");
                    shape.Add(body[5] != 3 ? null : CommandSet.Read(body.AsSpan(6), "").Status);
                }
            }
        }
        catch (DicomProtocolException error)
        {
            throw new PropertyBrokenException($"answers can be read, but: {error.Message}");
        }

        PropertyBrokenException.Require(rest.IsEmpty, "answers are whole");
        return shape.ToHashCode();
    }
}
