using System.CommandLine;
using BrainTumorDicom.Dicom.UpperLayer;

namespace BrainTumorDicom.Cli;

/// <summary>The TLS options of the verbs that call a peer.</summary>
internal sealed class TlsArguments
{
    private readonly Option<bool> use = new("--tls") { Description = "Encrypt with TLS 1.2 or 1.3 (PS3.15 B.10)." };
    private readonly Option<string> authorities = File("--tls-ca", "PEM file with the authorities to trust, in place of the system's. Implies --tls.");
    private readonly Option<string> certificate = File("--tls-cert", "Our own certificate, PEM or PKCS #12, for a peer that asks for one. Implies --tls.");
    private readonly Option<string> key = File("--tls-key", "PEM file with its private key, where the certificate's file does not hold it.");
    private readonly Option<string> serverName = new("--tls-name") { HelpName = "NAME", Description = "The name in the peer's certificate, where it is not the host. Implies --tls." };

    /// <summary>Adds them to a verb.</summary>
    internal TlsArguments(Command command)
    {
        foreach (var option in new Option[] { use, authorities, certificate, key, serverName })
        {
            command.Add(option);
        }
    }

    /// <summary>What was asked for; <see langword="null"/> without TLS.</summary>
    internal TlsClientOptions? Read(ParseResult parsed)
    {
        var options = new TlsClientOptions
        {
            TrustedCaFile = parsed.GetValue(authorities),
            CertificateFile = parsed.GetValue(certificate),
            KeyFile = parsed.GetValue(key),
            ServerName = parsed.GetValue(serverName),
        };
        return parsed.GetValue(use) || options != new TlsClientOptions() ? options : null;
    }

    private static Option<string> File(string name, string description) => new(name) { HelpName = "FILE", Description = description };
}
