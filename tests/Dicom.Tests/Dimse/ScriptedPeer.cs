using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.UpperLayer;

namespace BrainTumorDicom.Dicom.Tests.Dimse;

/// <summary>Plays bytes to a server and reads whole PDUs back.</summary>
internal sealed class ScriptedPeer : IDisposable
{
    private readonly TcpClient client = new();
    private NetworkStream? stream;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    internal static async Task<ScriptedPeer> ConnectAsync(int port)
    {
        var peer = new ScriptedPeer();
        await peer.client.ConnectAsync(IPAddress.Loopback, port, Cancellation);
        peer.stream = peer.client.GetStream();
        return peer;
    }

    /// <summary>Connects and is accepted with context 1 Verification and context 3 MR Image Storage, both implicit.</summary>
    internal static async Task<ScriptedPeer> AssociateAsync(int port)
    {
        var peer = await ConnectAsync(port);
        await peer.SendAsync(Request());
        Assert.Equal(2, (await peer.ReadPduAsync())![0]);
        return peer;
    }

    internal static byte[] Request(Func<AssociateRequest, AssociateRequest>? change = null)
    {
        using var output = new PduBuffer();
        var request = new AssociateRequest
        {
            CalledAe = new AeTitle("BRAINTUMORDICOM"),
            CallingAe = new AeTitle("SCRIPT"),
            Contexts =
            [
                new ProposedContext(1, DicomUid.Verification.Value, [DicomUid.ImplicitVRLittleEndian.Value]),
                new ProposedContext(3, DicomUid.MRImageStorage.Value, [DicomUid.ImplicitVRLittleEndian.Value]),
            ],
            User = new UserInformation { MaximumLength = 16384, ImplementationClassUid = "1.2.3" },
        };
        (change is null ? request : change(request)).Write(output);
        return output.Written.ToArray();
    }

    /// <summary>A P-DATA-TF of one PDV.</summary>
    internal static byte[] Data(byte context, byte control, ReadOnlySpan<byte> fragment)
    {
        using var output = new PduBuffer();
        DataPdu.Write(output, context, control, fragment);
        return output.Written.ToArray();
    }

    internal Task SendAsync(byte[] bytes) => stream!.WriteAsync(bytes, Cancellation).AsTask();

    /// <summary>The next PDU, or <see langword="null"/> where the server closed.</summary>
    internal async Task<byte[]?> ReadPduAsync()
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        timeout.CancelAfter(TimeSpan.FromSeconds(10));
        var header = new byte[6];
        if (await stream!.ReadAtLeastAsync(header, 6, throwOnEndOfStream: false, timeout.Token) < 6)
        {
            return null;
        }

        var pdu = new byte[6 + BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(2))];
        header.CopyTo(pdu, 0);
        await stream.ReadExactlyAsync(pdu.AsMemory(6), timeout.Token);
        return pdu;
    }

    /// <summary>The same where the server may close before it has read everything, which resets the connection.</summary>
    internal async Task<byte[]?> ReadPduOrResetAsync()
    {
        try
        {
            return await ReadPduAsync();
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Whatever comes until the server closes or resets.</summary>
    internal async Task ReadToEndAsync()
    {
        try
        {
            await stream!.CopyToAsync(Stream.Null, Cancellation);
        }
        catch (IOException)
        {
            // A reset is an end too.
        }
    }

    public void Dispose() => client.Dispose();
}
