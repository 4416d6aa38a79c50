using System.Globalization;
using BrainTumorDicom.Slices.Phantoms;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Cli.Tests.Serving;

/// <summary>SIGKILL at the two worst moments; the next start carries on by itself.</summary>
public sealed class CrashTests : IDisposable
{
    private readonly ServeFixture fixture = new();

    [PeerFact("storescu,storescp")]
    public async Task Killed_while_it_receives_it_keeps_what_it_answered_and_reports_once_the_rest_is_here()
    {
        var phantom = Phantom.Write(fixture.In("phantom"), PhantomClass.Pituitary, seed: 81, slices: 120);
        using var archive = await Storescp.StartAsync(fixture.In("archive"));
        int answered;
        await using (var service = await fixture.StartAsync("--dicom-destination", archive.Address))
        {
            using var sender = PeerTools.Start(
                "storescu", ["-v", "-aec", "BRAINTUMORDICOM", "127.0.0.1", service.DicomPort.ToString(CultureInfo.InvariantCulture), .. phantom.Files]);
            answered = 0;
            while (await sender.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            {
                answered += line.Contains("Received Store Response (Success)", StringComparison.Ordinal) ? 1 : 0;
                if (answered == 40)
                {
                    await service.KillAsync();
                }
            }

            await sender.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.InRange(answered, 40, 119);
        await using var restarted = await fixture.StartAsync("--dicom-destination", archive.Address);
        Assert.True((await ServeFixture.StudyAsync(restarted, phantom.Study)).GetProperty("instances").GetInt32() >= answered);
        await ServeFixture.SendAsync(restarted, phantom.Files.Skip(answered));
        var finding = await fixture.ReportAsync(restarted, phantom.Study);
        await ServeFixture.DeliveryAsync(restarted, phantom.Study, archive.Address, "delivered");

        Assert.Equal(120, ServeFixture.SliceCount(finding));
        Assert.True(finding.GetProperty("complete").GetBoolean());
        Assert.Equal(["1"], fixture.Revisions(phantom.Study));
        Assert.Single(archive.Reports);
    }

    [PeerFact("storescu,storescp")]
    public async Task Killed_while_it_classifies_it_reports_once_after_the_next_start()
    {
        var phantom = Phantom.Write(fixture.In("phantom"), PhantomClass.Glioma, seed: 82, slices: 120);
        using var archive = await Storescp.StartAsync(fixture.In("archive"));
        await using (var service = await fixture.StartAsync("--dicom-destination", archive.Address))
        {
            await ServeFixture.SendAsync(service, phantom.Files);
            await service.LoggedAsync("analysis of 120 instances begins");
            await service.KillAsync();
            Assert.False(Directory.Exists(Path.Combine(fixture.Data, "reports", phantom.Study)), "killed too late");
        }

        await using var restarted = await fixture.StartAsync("--dicom-destination", archive.Address);
        var finding = await fixture.ReportAsync(restarted, phantom.Study);
        await ServeFixture.DeliveryAsync(restarted, phantom.Study, archive.Address, "delivered");

        Assert.Equal(120, ServeFixture.SliceCount(finding));
        Assert.NotEqual("error", finding.GetProperty("disposition").GetString());
        Assert.Equal(["1"], fixture.Revisions(phantom.Study));
        Assert.Single(archive.Reports);
    }

    public void Dispose() => fixture.Dispose();
}
