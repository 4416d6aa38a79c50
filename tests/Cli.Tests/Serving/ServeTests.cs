using System.Globalization;
using System.Text.Json;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Slices.Phantoms;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Cli.Tests.Serving;

/// <summary>The service against DCMTK on both sides.</summary>
public sealed class ServeTests : IDisposable
{
    private readonly ServeFixture fixture = new();

    [PeerFact("echoscu,storescu,dcmsend,storescp,dcmdump")]
    public async Task A_study_comes_back_as_one_report_again_as_nothing_and_with_late_slices_as_a_second()
    {
        var phantom = Phantom.Write(fixture.In("phantom"), PhantomClass.Meningioma, seed: 71);
        using var archive = await Storescp.StartAsync(fixture.In("archive"));
        await using var service = await fixture.StartAsync("--dicom-destination", archive.Address);
        var (echo, _, error) = await PeerTools.RunAsync(
            "echoscu", ["127.0.0.1", service.DicomPort.ToString(CultureInfo.InvariantCulture)], TestContext.Current.CancellationToken);
        Assert.True(echo == 0, error);

        await ServeFixture.SendAsync(service, phantom.Files.Take(18));
        var first = await fixture.ReportAsync(service, phantom.Study);
        await ServeFixture.DeliveryAsync(service, phantom.Study, archive.Address, "delivered");

        Assert.Equal(18, ServeFixture.SliceCount(first));
        Assert.Equal(phantom.Study, await TagAsync(Assert.Single(archive.Reports), "StudyInstanceUID"));

        await ServeFixture.SendAsync(service, phantom.Files.Take(18), "dcmsend");
        await ServeFixture.SendAsync(service, phantom.Files, "dcmsend");
        var second = await fixture.ReportAsync(service, phantom.Study, revision: 2);
        await ServeFixture.DeliveryAsync(service, phantom.Study, archive.Address, "delivered", revision: 2);

        Assert.Equal(20, ServeFixture.SliceCount(second));
        Assert.Equal(["1", "2"], fixture.Revisions(phantom.Study));
        Assert.Equal(2, archive.Reports.Count);
        Assert.Equal(20, (await ServeFixture.StudyAsync(service, phantom.Study)).GetProperty("instances").GetInt32());
        Assert.Equal(0, await service.TerminateAsync());
    }

    [PeerFact("storescu,storescp,dcmdump,dciodvfy,dsrdump")]
    public async Task An_enhanced_image_is_answered_as_its_series_and_the_report_names_its_frames()
    {
        var head = HeadPhantom.Create(PhantomClass.Meningioma, 3);
        var series = PhantomSeries.Write(head, fixture.In("series"));
        var image = EnhancedPhantom.Write(head, fixture.In("enhanced"));
        using var archive = await Storescp.StartAsync(fixture.In("archive"));
        await using var service = await fixture.StartAsync("--dicom-destination", archive.Address);
        var study = await TagAsync(image, "StudyInstanceUID");

        await ServeFixture.SendAsync(service, [image]);
        var enhanced = await fixture.ReportAsync(service, study);
        await ServeFixture.DeliveryAsync(service, study, archive.Address, "delivered");

        Assert.Equal(("target-tumor", "meningioma", 28), (enhanced.GetProperty("disposition").GetString(), enhanced.GetProperty("class").GetString(), ServeFixture.SliceCount(enhanced)));
        var classic = JsonDocument.Parse((await CliProcess.RunAsync(["classify", Path.GetDirectoryName(series[0])!, "--json", "--model", TestModel.Folder])).Output).RootElement;
        foreach (var probability in classic.GetProperty("probabilities").EnumerateObject())
        {
            Assert.Equal(probability.Value.GetDouble(), enhanced.GetProperty("probabilities").GetProperty(probability.Name).GetDouble(), 1e-5);
        }

        var frames = enhanced.GetProperty("carryingFrames").EnumerateArray().Select(frame => frame.GetProperty("frame").GetInt32()).ToArray();
        Assert.Equal(
            classic.GetProperty("carryingSlices").EnumerateArray().Select(uid => uid.GetString()),
            frames.Select(frame => DicomFile.Read(series[frame - 1]).Dataset.GetString(DicomTag.SOPInstanceUID)));
        var report = Assert.Single(archive.Reports);
        var (_, tree, _) = await PeerTools.RunAsync("dsrdump", [report], TestContext.Current.CancellationToken);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"(MRe image,,{frames[0]})"), tree, StringComparison.Ordinal);
        var (_, output, error) = await PeerTools.RunAsync("dciodvfy", [report], TestContext.Current.CancellationToken);
        Assert.DoesNotMatch("(?m)^Error", output + error);
    }

    [PeerFact("storescu,storescp")]
    public async Task A_dead_destination_delays_no_other_and_gets_its_report_when_it_is_back_even_after_a_restart()
    {
        var phantom = Phantom.Write(fixture.In("phantom"), PhantomClass.NoTumor, seed: 72);
        var port = Storescp.FreePort();
        var dead = string.Create(CultureInfo.InvariantCulture, $"BACKLATER@127.0.0.1:{port}");
        using var archive = await Storescp.StartAsync(fixture.In("archive"));
        await using (var service = await fixture.StartAsync("--dicom-destination", archive.Address, "--dicom-destination", dead))
        {
            await ServeFixture.SendAsync(service, phantom.Files);
            await ServeFixture.DeliveryAsync(service, phantom.Study, archive.Address, "delivered");
            await Eventually.TrueAsync(
                async () => (await ServeFixture.DeliveryAsync(service, phantom.Study, dead, "pending")).GetProperty("attempts").GetInt32() > 0, () => "an attempt");

            Assert.StartsWith("not reached", (await ServeFixture.DeliveryAsync(service, phantom.Study, dead, "pending")).GetProperty("error").GetString(), StringComparison.Ordinal);
            Assert.Equal(1, (await ServeFixture.HealthAsync(service)).GetProperty("queue").GetProperty("deliveries").GetInt32());
            await service.KillAsync();
        }

        using var back = await Storescp.StartAsync(fixture.In("back"), port);
        await using var restarted = await fixture.StartAsync("--dicom-destination", archive.Address, "--dicom-destination", dead);
        await ServeFixture.DeliveryAsync(restarted, phantom.Study, dead, "delivered");

        Assert.Single(archive.Reports);
        Assert.Equal(await File.ReadAllBytesAsync(archive.Reports[0], TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(Assert.Single(back.Reports), TestContext.Current.CancellationToken));
    }

    [PeerFact("storescu,storescp,dcmdump")]
    public async Task What_is_no_brain_series_is_refused_with_a_report()
    {
        var phantom = Phantom.Write(fixture.In("phantom"), PhantomClass.Glioma, seed: 73);
        using var archive = await Storescp.StartAsync(fixture.In("archive"), "+xi");
        await using var service = await fixture.StartAsync("--dicom-destination", archive.Address);

        await ServeFixture.SendAsync(service, phantom.Files.Take(2));
        var finding = await fixture.ReportAsync(service, phantom.Study);
        await ServeFixture.DeliveryAsync(service, phantom.Study, archive.Address, "delivered");

        Assert.Equal("refused", finding.GetProperty("disposition").GetString());
        Assert.Contains(finding.GetProperty("reason").GetString()!, service.Log(), StringComparison.Ordinal);
        var (_, dump, _) = await PeerTools.RunAsync("dcmdump", [Assert.Single(archive.Reports)], TestContext.Current.CancellationToken);
        Assert.Contains("LittleEndianImplicit", dump, StringComparison.Ordinal);
        Assert.Contains(finding.GetProperty("reason").GetString()!, dump, StringComparison.Ordinal);
    }

    [PeerFact("storescu")]
    public async Task A_disk_that_is_nearly_full_refuses_instances_and_says_so_and_goes_on_when_there_is_room()
    {
        var phantom = Phantom.Write(fixture.In("phantom"), PhantomClass.NoTumor, seed: 74);
        var file = fixture.In("serve.json");
        await File.WriteAllTextAsync(file, """{ "Journal": { "MinimumFreeBytes": 4611686018427387904 } }""", TestContext.Current.CancellationToken);
        await using (var full = await fixture.StartAsync("--config", file))
        {
            var (exit, output, error) = await PeerTools.RunAsync(
                "storescu", ["-v", "127.0.0.1", full.DicomPort.ToString(CultureInfo.InvariantCulture), phantom.Files[0]], TestContext.Current.CancellationToken);

            Assert.Contains("OutOfResources", output + error, StringComparison.Ordinal);
            Assert.NotEqual(0, exit);
            Assert.Equal("degraded", (await ServeFixture.HealthAsync(full)).GetProperty("status").GetString());
            Assert.Equal(0, await full.TerminateAsync());
        }

        await using var service = await fixture.StartAsync();
        await ServeFixture.SendAsync(service, phantom.Files);
        Assert.Equal(20, ServeFixture.SliceCount(await fixture.ReportAsync(service, phantom.Study)));
    }

    public void Dispose() => fixture.Dispose();

    private static async Task<string> TagAsync(string file, string keyword)
    {
        var (_, output, _) = await PeerTools.RunAsync("dcmdump", ["+P", keyword, file], TestContext.Current.CancellationToken);
        return output.Split('[', ']')[1];
    }
}
