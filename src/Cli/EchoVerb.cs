using System.CommandLine;
using System.Diagnostics;
using BrainTumorDicom.Dicom;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.UpperLayer;

namespace BrainTumorDicom.Cli;

/// <summary><c>echo AET@HOST:PORT</c>: C-ECHO, whether a peer answers.</summary>
internal static class EchoVerb
{
    internal static Command Create()
    {
        var peer = new Argument<DicomAddress>("AET@HOST:PORT")
        {
            Description = "The peer.",
            CustomParser = PeerArgument.Parse,
        };
        var calling = new Option<AeTitle>("--aet")
        {
            Description = "Our own AE title.",
            CustomParser = PeerArgument.ParseTitle,
            DefaultValueFactory = _ => PeerArgument.DefaultTitle,
        };
        var command = new Command("echo", "Asks a DICOM peer whether it is there (C-ECHO).") { peer, calling };
        var tls = new TlsArguments(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetRequiredValue(peer), parsed.GetValue(calling), tls.Read(parsed), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(DicomAddress peer, AeTitle calling, TlsClientOptions? tls, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            var client = await DicomClient.ConnectAsync(
                new DicomClientOptions
                {
                    Host = peer.Host,
                    Port = peer.Port,
                    CalledAe = peer.AeTitle,
                    CallingAe = calling,
                    Tls = tls,
                    Contexts = [new PresentationContextProposal(DicomUid.Verification.Value, [DicomUid.ImplicitVRLittleEndian.Value])],
                },
                cancellationToken).ConfigureAwait(false);
            await using (client.ConfigureAwait(false))
            {
                var status = await client.EchoAsync(cancellationToken).ConfigureAwait(false);
                await client.ReleaseAsync(cancellationToken).ConfigureAwait(false);
                Console.WriteLine($"{peer}: {(status.IsSuccess ? "success" : $"status {status}")} in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms");
                return status.IsSuccess ? 0 : 1;
            }
        }
        catch (Exception error) when (error is DicomException or IOException or InvalidDataException)
        {
            await Console.Error.WriteLineAsync($"braintumordicom: {peer}: {error.Message}").ConfigureAwait(false);
            return 1;
        }
    }
}
