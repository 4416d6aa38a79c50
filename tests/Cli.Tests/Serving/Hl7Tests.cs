using System.Globalization;
using BrainTumorDicom.Slices.Phantoms;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Cli.Tests.Serving;

/// <summary>A study from C-STORE to an MLLP server that nobody here wrote.</summary>
public sealed class Hl7Tests : IDisposable
{
    private readonly ServeFixture fixture = new();

    [PeerFact("storescu,python3")]
    public async Task A_study_arrives_as_an_HL7_message_and_counts_as_delivered_when_it_is_acknowledged()
    {
        var cancellation = TestContext.Current.CancellationToken;
        if (!PeerTools.Required)
        {
            var (probe, _, _) = await PeerTools.RunAsync(PythonPeer.Interpreter, ["-c", "import hl7.mllp"], cancellation);
            Assert.SkipUnless(probe == 0, "peer not installed: python3-hl7");
        }

        var script = Path.Combine(SharedData.ProjectRoot, "tests", "Service.Tests", "Deliver", "mllp-server.py");
        using var server = PeerTools.Start(PythonPeer.Interpreter, [script]);
        try
        {
            var port = int.Parse((await server.StandardOutput.ReadLineAsync(cancellation))!, CultureInfo.InvariantCulture);
            var file = fixture.In("serve.json");
            await File.WriteAllTextAsync(
                file, $$"""{ "Triage": { "Enabled": true }, "Delivery": { "Hl7": [ { "Host": "127.0.0.1", "Port": {{port}} } ] } }""", cancellation);
            var phantom = Phantom.Write(fixture.In("study"), PhantomClass.Meningioma, seed: 113);
            await using var service = await fixture.StartAsync("--config", file);

            await ServeFixture.SendAsync(service, phantom.Files);
            await ServeFixture.DeliveryAsync(service, phantom.Study, $"mllp://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}", "delivered");

            Assert.EndsWith("\tRESEARCH USE ONLY.", await server.StandardOutput.ReadLineAsync(cancellation), StringComparison.Ordinal);
            var kept = await File.ReadAllTextAsync(Path.Combine(fixture.Data, "reports", phantom.Study, "1", "report.hl7"), cancellation);
            Assert.Contains("|52101004^Present^SCT|||A|", kept, StringComparison.Ordinal);
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync(CancellationToken.None);
        }
    }

    public void Dispose() => fixture.Dispose();
}
