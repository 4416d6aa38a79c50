using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Dicom.UpperLayer;

namespace BrainTumorDicom.Dicom.Tests.Dimse;

/// <summary>Takes one association, accepts every context in implicit little endian, and lets a script read and write whole messages.</summary>
internal sealed class ScriptedAcceptor : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly MessageAssembler assembler;
    private readonly string?[] contexts = new string?[256];
    private NetworkStream? stream;

    private ScriptedAcceptor()
    {
        assembler = new MessageAssembler(contexts, new MemoryBudget(1 << 20), 1 << 20);
        listener.Start();
    }

    internal int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Plays <paramref name="script"/> to a client; the task of both.</summary>
    internal static async Task PlayAsync(Func<ScriptedAcceptor, Task> script, Func<DicomClientOptions, Task> client, params DicomUid[] sopClasses)
    {
        using var acceptor = new ScriptedAcceptor();
        var playing = acceptor.RunAsync(script);
        await client(new DicomClientOptions
        {
            Host = "127.0.0.1",
            Port = acceptor.Port,
            CalledAe = new AeTitle("SCRIPT"),
            Contexts = [.. sopClasses.Select(sopClass => new PresentationContextProposal(sopClass.Value, [DicomUid.ImplicitVRLittleEndian.Value]))],
        });
        await playing;
    }

    /// <summary>The next message, or <see langword="null"/> where the client released or aborted.</summary>
    internal async Task<(CommandSet Command, DicomDataset DataSet)?> ReadAsync()
    {
        while (true)
        {
            var pdu = await ReadPduAsync();
            if (pdu is not [4, ..])
            {
                if (pdu is [5, ..])
                {
                    await stream!.WriteAsync(new byte[] { 6, 0, 0, 0, 0, 4, 0, 0, 0, 0 }, Cancellation);
                }

                return null;
            }

            var body = new ReadOnlySequence<byte>(pdu.AsMemory(6));
            if (assembler.TryTake(ref body, out var message))
            {
                return (message.Command, message.DataSet.IsEmpty ? new DicomDataset() : DicomDatasetReader.Read(message.DataSet.ToArray(), DicomTransferSyntax.ImplicitVrLittleEndian));
            }
        }
    }

    internal async Task WriteAsync(CommandSet command, DicomDataset? dataSet = null)
    {
        using var output = new PduBuffer();
        DataPdu.Write(output, 1, DataPdu.CommandBit | DataPdu.LastBit, (command with { DataSetType = dataSet is null ? CommandSet.NoDataSet : (ushort)0 }).ToArray());
        if (dataSet is not null)
        {
            var bytes = new ArrayBufferWriter<byte>();
            DicomDatasetWriter.Write(dataSet, DicomTransferSyntax.ImplicitVrLittleEndian, bytes);
            DataPdu.Write(output, 1, DataPdu.LastBit, bytes.WrittenSpan);
        }

        await stream!.WriteAsync(output.Written.ToArray(), Cancellation);
    }

    /// <summary>Answers <paramref name="request"/>.</summary>
    internal Task RespondAsync(CommandSet request, int status, DicomDataset? dataSet = null, string? comment = null) => WriteAsync(
        new CommandSet
        {
            SopClassUid = request.SopClassUid,
            Field = (ushort)(request.Field | CommandField.ResponseBit),
            MessageIdBeingRespondedTo = request.MessageId,
            Status = (ushort)status,
            ErrorComment = comment,
        },
        dataSet);

    public void Dispose()
    {
        stream?.Dispose();
        listener.Dispose();
        assembler.Dispose();
    }

    private async Task RunAsync(Func<ScriptedAcceptor, Task> script)
    {
        stream = (await listener.AcceptTcpClientAsync(Cancellation)).GetStream();
        var request = AssociateRequest.Read((await ReadPduAsync()).AsSpan(6));
        using var output = new PduBuffer();
        new AssociateAccept
        {
            CalledAe = request.CalledAe,
            CallingAe = request.CallingAe,
            Contexts = [.. request.Contexts.Select(context => new AnsweredContext(context.Id, ContextResult.Acceptance, context.TransferSyntaxes[0]))],
            User = new UserInformation { MaximumLength = 1 << 16, ImplementationClassUid = "1.2.3" },
        }.Write(output);
        foreach (var context in request.Contexts)
        {
            contexts[context.Id] = context.AbstractSyntax;
        }

        await stream.WriteAsync(output.Written.ToArray(), Cancellation);
        await script(this);
    }

    private async Task<byte[]> ReadPduAsync()
    {
        var header = new byte[6];
        await stream!.ReadExactlyAsync(header, Cancellation);
        var pdu = new byte[6 + BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(2))];
        header.CopyTo(pdu, 0);
        await stream.ReadExactlyAsync(pdu.AsMemory(6), Cancellation);
        return pdu;
    }
}
