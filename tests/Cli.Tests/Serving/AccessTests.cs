using System.Globalization;
using System.Text.Json;
using BrainTumorDicom.Slices.Phantoms;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Cli.Tests.Serving;

/// <summary>Who may come in, from the command line and the configuration file.</summary>
public sealed class AccessTests : IDisposable
{
    private readonly ServeFixture fixture = new();

    [PeerFact("echoscu")]
    public async Task An_open_port_without_a_rule_is_warned_of_and_serves_this_machine()
    {
        await using var service = await fixture.StartAsync("--bind", "0.0.0.0");

        var (exit, output, error) = await EchoscuAsync(service, "ANYBODY");

        Assert.True(exit == 0, output + error);
        Assert.Contains("no rule says who may call", service.Log(), StringComparison.Ordinal);
        Assert.Contains("--allow AET@NETWORK", service.Log(), StringComparison.Ordinal);
    }

    [PeerFact("echoscu")]
    public async Task With_rules_they_and_no_others_may_call()
    {
        await using var service = await fixture.StartAsync("--allow", "PACS1@127.0.0.0/8", "--allow", "PACS2@10.0.0.0/8");

        var allowed = await EchoscuAsync(service, "PACS1");
        var elsewhere = await EchoscuAsync(service, "PACS2");

        Assert.True(allowed.ExitCode == 0, allowed.Output + allowed.Error);
        Assert.NotEqual(0, elsewhere.ExitCode);
        await service.LoggedAsync("calling AE title not recognized");
    }

    [Fact]
    public async Task A_rule_that_is_none_is_wrong_usage()
    {
        var (exit, output, error) = await CliProcess.RunAsync(["serve", "--allow", "PACS1"]);

        Assert.Equal((2, ""), (exit, output));
        Assert.Contains("--allow PACS1 is not AET@NETWORK", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_study_sent_with_TLS_is_reported_and_a_sender_without_a_certificate_is_told_why_not()
    {
        var certificates = new TestCertificates(fixture.In("").TrimEnd('/'));
        var phantom = Phantom.Write(fixture.In("phantom"), PhantomClass.NoTumor, seed: 92);
        await using var service = await fixture.StartAsync("--config", Configuration(certificates.ServerFile, certificates));
        await service.LoggedAsync("DICOM with TLS listens on");
        var peer = $"BRAINTUMORDICOM@127.0.0.1:{TlsPort(service).ToString(CultureInfo.InvariantCulture)}";
        string[] authenticated = ["--tls-ca", certificates.AuthorityFile, "--tls-cert", certificates.ClientFile, "--tls-key", certificates.ClientKeyFile];

        var echo = await CliProcess.RunAsync(["echo", peer, .. authenticated]);
        var send = await CliProcess.RunAsync(["send", peer, .. phantom.Files, "--associations", "2", "--json", .. authenticated]);
        var anonymous = await CliProcess.RunAsync(["echo", peer, "--tls-ca", certificates.AuthorityFile]);
        var untrusting = await CliProcess.RunAsync(["echo", peer, "--tls"]);

        Assert.True(echo.ExitCode == 0, echo.Error);
        Assert.True(send.ExitCode == 0, send.Error);
        Assert.Equal(20, ServeFixture.SliceCount(await fixture.ReportAsync(service, phantom.Study)));
        Assert.Equal(1, anonymous.ExitCode);
        Assert.Equal(1, untrusting.ExitCode);
        Assert.Contains("no TLS: ", Assert.Single(untrusting.Error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_is_not_there_is_named_at_the_start()
    {
        var certificates = new TestCertificates(fixture.In("").TrimEnd('/'));
        var missing = fixture.In("missing.pem");

        var (exit, output, error) = await CliProcess.RunAsync(
            ["serve", "--config", Configuration(missing, certificates), "--data", fixture.Data, "--port", "0", "--http", "127.0.0.1:0", "--model", TestModel.Folder]);

        Assert.Equal((1, ""), (exit, output));
        Assert.Contains(missing, Assert.Single(error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    public void Dispose() => fixture.Dispose();

    private static Task<(int ExitCode, string Output, string Error)> EchoscuAsync(ServiceProcess service, string caller) => PeerTools.RunAsync(
        "echoscu",
        ["-aet", caller, "-aec", "BRAINTUMORDICOM", "127.0.0.1", service.DicomPort.ToString(CultureInfo.InvariantCulture)],
        TestContext.Current.CancellationToken);

    private static int TlsPort(ServiceProcess service)
    {
        var line = service.Log().Split('\n').First(line => line.Contains("DICOM with TLS listens on", StringComparison.Ordinal));
        return int.Parse(line.Split("127.0.0.1:")[1].Split(':')[0], CultureInfo.InvariantCulture);
    }

    private string Configuration(string certificate, TestCertificates certificates)
    {
        var file = fixture.In("serve.json");
        File.WriteAllText(file, JsonSerializer.Serialize(new
        {
            Dicom = new { Tls = new { Port = 0, CertificateFile = certificate, KeyFile = certificates.ServerKeyFile, TrustedCaFile = certificates.AuthorityFile } },
        }));
        return file;
    }
}
