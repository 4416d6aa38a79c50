using System.Net.Sockets;
using System.Text;
using BrainTumorDicom.Service.Hosting;
using BrainTumorDicom.Service.Journal;
using BrainTumorDicom.Service.Ledger;
using BrainTumorDicom.Service.Tests.Receive;

namespace BrainTumorDicom.Service.Tests.Web.Stow;

public sealed class StowTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_posted_is_stored_byte_for_byte_and_becomes_one_study()
    {
        await using var fixture = await StowFixture.StartAsync();
        var instances = Enumerable.Range(1, 5).Select(number => TestInstance.Create("1.2.3", number)).ToList();

        Assert.Equal("200 5 stored", await StowFixture.SummaryAsync(await fixture.PostAsync([.. instances.Select(one => StowFixture.File(one))])));
        Assert.Equal("200 5 stored", await StowFixture.SummaryAsync(await fixture.PostAsync([.. instances.Select(one => StowFixture.File(one))])));

        await fixture.Service.Receiver.FlushAsync(Cancel);
        var rows = await fixture.Service.Instances.ListAsync("1.2.3");
        Assert.Equal(instances.Select(one => one.Sop), rows.Select(row => row.SopInstanceUid));
        Assert.All(rows, row => Assert.Equal("STOW-RS", row.CallingAe));
        var reader = new JournalReader(fixture.Service.Receiver.Folder);
        Assert.All(rows.Zip(instances), pair => Assert.True(reader.ReadObject(pair.First.Segment, pair.First.Offset).Span.EndsWith(pair.Second.Data)));
        fixture.Service.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(("1.2.3", 1), await fixture.Service.Queue.NextAsync());
        Assert.True((await new RevisionLedger(fixture.Service.Database).FindAsync("1.2.3", 1))!.Complete);
    }

    [Fact]
    public async Task A_single_object_needs_no_multipart()
    {
        await using var fixture = await StowFixture.StartAsync();

        var response = await fixture.PostAsync("studies/1.2.3", StowFixture.File(TestInstance.Create("1.2.3", 1)), "application/dicom");

        Assert.Equal("200 1 stored", await StowFixture.SummaryAsync(response));
    }

    [Fact]
    public async Task Each_instance_that_fails_has_its_reason_and_the_others_are_stored()
    {
        await using var fixture = await StowFixture.StartAsync();
        var good = StowFixture.File(TestInstance.Create("1.2.3", 1));

        Assert.Equal("202 1 stored 43264", await StowFixture.SummaryAsync(await fixture.PostAsync(
            "studies/1.2.3", StowFixture.Body(good, StowFixture.File(TestInstance.Create("1.2.4", 2))))));
        Assert.Equal("409 0 stored 290", await StowFixture.SummaryAsync(await fixture.PostAsync(StowFixture.File(TestInstance.Create("1.2.3", 3), sopClass: "1.2.840.10008.1.1"))));
        Assert.Equal("409 0 stored 49442", await StowFixture.SummaryAsync(await fixture.PostAsync(
            StowFixture.File(TestInstance.Create("1.2.3", 3), syntax: "1.2.840.10008.1.2.4.100"))));
        Assert.Equal("409 0 stored 49152", await StowFixture.SummaryAsync(await fixture.PostAsync(good[..^10])));
        Assert.Equal("409 0 stored 49152", await StowFixture.SummaryAsync(await fixture.PostAsync(TestInstance.Create("1.2.3", 3).Data)));
        Assert.Equal("202 1 stored 49152", await StowFixture.SummaryAsync(await fixture.PostAsync(good[..100], good)));
    }

    [Theory]
    [InlineData("multipart/related; type=\"application/dicom+json\"; boundary=b0und", null, 415)]
    [InlineData("multipart/form-data; boundary=b0und", null, 415)]
    [InlineData("text/plain", null, 415)]
    [InlineData("multipart/related; type=\"application/dicom\"", null, 400)]
    [InlineData("multipart/related; type=\"application/dicom\"; boundary=other", null, 400)]
    [InlineData("multipart/related; type=\"application/dicom\"; boundary=b0und", "application/dicom+xml", 406)]
    [InlineData("Multipart/Related; boundary=\"b0und\"; type=application/dicom", "application/dicom+xml, */*;q=0.1", 200)]
    public async Task Media_types_are_told_apart(string type, string? accept, int status)
    {
        await using var fixture = await StowFixture.StartAsync();

        Assert.Equal(status, (int)(await fixture.PostAsync("studies", StowFixture.Body(StowFixture.File(TestInstance.Create("1.2.3", 1))), type, accept)).StatusCode);
    }

    [Fact]
    public async Task A_body_without_parts_or_without_its_last_boundary_is_refused_whole()
    {
        await using var fixture = await StowFixture.StartAsync();
        var file = StowFixture.File(TestInstance.Create("1.2.3", 1));

        Assert.Equal("400", await StowFixture.SummaryAsync(await fixture.PostAsync()));
        Assert.Equal("400", await StowFixture.SummaryAsync(await fixture.PostAsync("studies", StowFixture.Body(file, file)[..^8])));
    }

    [Fact]
    public async Task A_request_that_breaks_off_leaves_its_study_incomplete()
    {
        await using var fixture = await StowFixture.StartAsync();
        var body = StowFixture.Body(StowFixture.File(TestInstance.Create("1.2.3", 1)), StowFixture.File(TestInstance.Create("1.2.3", 2)));
        using (var client = new TcpClient())
        {
            await client.ConnectAsync("127.0.0.1", fixture.Client.BaseAddress!.Port, Cancel);
            await client.GetStream().WriteAsync(
                Encoding.Latin1.GetBytes($"POST /dicom-web/studies HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/related; boundary=b0und\r\nContent-Length: {body.Length}\r\n\r\n"), Cancel);
            await client.GetStream().WriteAsync(body.AsMemory(0, body.Length - 100), Cancel);
            while ((await fixture.Service.Instances.ListAsync("1.2.3")).Count == 0)
            {
                await Task.Yield();
            }
        }

        // Its end is what the close waits for.
        await fixture.Stow.CloseAsync(Cancel);
        fixture.Service.Time.Advance(TimeSpan.FromSeconds(5));
        await fixture.Service.Queue.NextAsync();
        Assert.Contains("connection was lost", (await new RevisionLedger(fixture.Service.Database).FindAsync("1.2.3", 1))!.IncompleteReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limits_of_memory_and_body_and_disk_are_kept()
    {
        var file = StowFixture.File(TestInstance.Create("1.2.3", 1));
        await using (var small = await StowFixture.StartAsync(new HttpOptions { StowMaximumMemoryBytes = 1000 }))
        {
            Assert.Equal("409 0 stored 42752", await StowFixture.SummaryAsync(await small.PostAsync(file)));
        }

        await using (var tight = await StowFixture.StartAsync(new HttpOptions { StowMaximumBodyBytes = 100 }))
        {
            Assert.Equal("413", await StowFixture.SummaryAsync(await tight.PostAsync(file)));
        }

        await using var full = await StowFixture.StartAsync(space: new FreeSpace(1000, () => 999, TimeProvider.System));
        Assert.Equal("503", await StowFixture.SummaryAsync(await full.PostAsync(file)));
    }

    [Fact]
    public async Task A_token_that_is_configured_must_be_given()
    {
        await using var fixture = await StowFixture.StartAsync(new HttpOptions { StowToken = "secret" });
        var body = StowFixture.Body(StowFixture.File(TestInstance.Create("1.2.3", 1)));

        Assert.Equal(401, (int)(await fixture.PostAsync("studies", body)).StatusCode);
        Assert.Equal(401, (int)(await fixture.PostAsync("studies", body, token: "secre")).StatusCode);
        Assert.Equal(200, (int)(await fixture.PostAsync("studies", body, token: "secret")).StatusCode);
    }

    [Fact]
    public async Task A_service_that_stops_takes_nothing_more()
    {
        await using var fixture = await StowFixture.StartAsync();

        await fixture.Stow.CloseAsync(Cancel);

        Assert.Equal("503", await StowFixture.SummaryAsync(await fixture.PostAsync(StowFixture.File(TestInstance.Create("1.2.3", 1)))));
    }
}
