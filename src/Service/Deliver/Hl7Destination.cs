using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using BrainTumorDicom.Dicom.UpperLayer;
using BrainTumorDicom.Reports.Hl7;
using BrainTumorDicom.Reports;

namespace BrainTumorDicom.Service.Deliver;

/// <summary>Sends the HL7 v2 message over MLLP (HL7 v2.5.1 Appendix C), one connection a message, and waits for its acknowledgement.</summary>
/// <param name="options">Where it is.</param>
/// <param name="timeout">How long it may stay silent.</param>
internal sealed class Hl7Destination(Hl7DestinationOptions options, TimeSpan timeout) : IDestination
{
    /// <inheritdoc/>
    public string Name { get; } = string.Create(
        CultureInfo.InvariantCulture, $"mllp://{options.Host}:{options.Port}{(options.Application.Length > 0 ? "/" + options.Application : "")}");

    /// <inheritdoc/>
    public IReadOnlyList<string> Kinds { get; } = [ReportKinds.Hl7];

    /// <inheritdoc/>
    public async Task<DeliveryOutcome> DeliverAsync(string kind, string reportFolder, CancellationToken cancellationToken)
    {
        var written = await File.ReadAllBytesAsync(Path.Combine(reportFolder, ReportKinds.Hl7File), cancellationToken).ConfigureAwait(false);
        var message = Hl7Header.WithReceiver(written, options.Application, options.Facility);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            return await ExchangeAsync(message, limit.Token).ConfigureAwait(false);
        }
        catch (SocketException error)
        {
            return new DeliveryOutcome.Retry($"not reached: {error.Message}");
        }
        catch (AuthenticationException error)
        {
            return new DeliveryOutcome.Retry($"no TLS: {error.Message.ReplaceLineEndings(" ")}");
        }
        catch (InvalidDataException error)
        {
            // A certificate's file: somebody mends it.
            return new DeliveryOutcome.Retry(error.Message.ReplaceLineEndings(" "));
        }
        catch (IOException error)
        {
            return new DeliveryOutcome.Retry($"connection lost: {error.Message.ReplaceLineEndings(" ")}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new DeliveryOutcome.Retry(string.Create(CultureInfo.InvariantCulture, $"no acknowledgement within {timeout.TotalSeconds:0} s"));
        }
    }

    private async Task<DeliveryOutcome> ExchangeAsync(byte[] message, CancellationToken cancellationToken)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(options.Host, options.Port, cancellationToken).ConfigureAwait(false);
        Stream stream = options.Tls.ToClientOptions() is { } tls
            ? await new TlsClient(tls, options.Host).AuthenticateAsync(socket, cancellationToken).ConfigureAwait(false)
            : new NetworkStream(socket);
        await using (stream.ConfigureAwait(false))
        {
            await stream.WriteAsync(MllpFrame.Write(message), cancellationToken).ConfigureAwait(false);
            await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
            return await ReadAcknowledgementAsync(stream, Hl7Header.ControlId(message), cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<DeliveryOutcome> ReadAcknowledgementAsync(Stream stream, string controlId, CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        var length = 0;
        while (true)
        {
            var count = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            if (count == 0)
            {
                return new DeliveryOutcome.Retry("connection closed before an acknowledgement");
            }

            length += count;
            if (MllpFrame.TryRead(buffer.AsMemory(0, length), out var answer))
            {
                return Outcome(answer.Span, controlId);
            }

            if (length == buffer.Length)
            {
                if (length >= MllpFrame.Limit)
                {
                    return new DeliveryOutcome.Retry(string.Create(CultureInfo.InvariantCulture, $"no acknowledgement in {length} bytes"));
                }

                Array.Resize(ref buffer, length * 2);
            }
        }
    }

    private static DeliveryOutcome Outcome(ReadOnlySpan<byte> answer, string controlId) => Hl7Acknowledgement.Read(answer) switch
    {
        null => new DeliveryOutcome.Retry("the answer is no HL7 acknowledgement"),
        var other when other.ControlId != controlId =>
            new DeliveryOutcome.Retry($"the acknowledgement is of message '{other.ControlId}', not of '{controlId}'"),
        var ours => ours.ToOutcome(),
    };
}
