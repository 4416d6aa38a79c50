using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Dicom.UpperLayer;
using BrainTumorDicom.Service.Journal;
using BrainTumorDicom.Service.Ledger;
using BrainTumorDicom.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace BrainTumorDicom.Service.Tests.Receive;

public sealed class ReceiveOverNetworkTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [PeerFact("storescu,dcmdump")]
    public async Task What_storescu_sends_is_in_journal_and_ledger_and_becomes_one_study()
    {
        await using var service = await ReceiveFixture.StartAsync();
        await using var server = await ListenAsync(service);
        var folder = WriteFiles(service, count: 12);

        await SendAsync(server, folder);
        await SendAsync(server, folder);
        await server.StopAsync(Cancel);
        await service.Receiver.FlushAsync(Cancel);

        var rows = await service.Instances.ListAsync("1.2.3");
        Assert.Equal(12, rows.Count);
        Assert.All(rows, row => Assert.Equal("STORESCU", row.CallingAe));
        await AssertReadableAsync(service, rows[3]);
        service.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(("1.2.3", 1), await service.Queue.NextAsync());
        Assert.Equal(0, service.Queue.Count);
    }

    [PeerFact("storescu")]
    public async Task Four_senders_at_once_become_one_study()
    {
        await using var service = await ReceiveFixture.StartAsync();
        await using var server = await ListenAsync(service);
        var folder = WriteFiles(service, count: 20);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SendAsync(server, folder)));
        await server.StopAsync(Cancel);
        await service.Receiver.FlushAsync(Cancel);

        Assert.Equal(20, (await service.Instances.ListAsync("1.2.3")).Count);
        service.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(("1.2.3", 1), await service.Queue.NextAsync());
    }

    private static async Task<DicomServer> ListenAsync(ReceiveFixture service)
    {
        var options = new DicomServerOptions { AeTitle = new AeTitle("RECEIVER"), Port = 0 };
        var server = new DicomServer(options, _ => service.Receiver.Accept(), NullLoggerFactory.Instance);
        await server.StartAsync(Cancel);
        return server;
    }

    private static string WriteFiles(ReceiveFixture service, int count)
    {
        var folder = Directory.CreateDirectory(Path.Combine(service.Path, "files")).FullName;
        for (var number = 1; number <= count; number++)
        {
            var dataset = TestInstance.Dataset("1.2.3", "1.2.3.1", $"1.2.3.1.{number}", number, content: number);
            new DicomFile(dataset, DicomTransferSyntax.ExplicitVrLittleEndian).Write(Path.Combine(folder, $"{number}.dcm"));
        }

        return folder;
    }

    private static async Task SendAsync(DicomServer server, string folder)
    {
        var port = server.LocalEndPoint.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var (exitCode, output, error) = await PeerTools.RunAsync("storescu", ["-aec", "RECEIVER", "+sd", "127.0.0.1", port, folder], Cancel);
        Assert.True(exitCode == 0, output + error);
    }

    private static async Task AssertReadableAsync(ReceiveFixture service, InstanceRow row)
    {
        var bytes = new JournalReader(service.Receiver.Folder).ReadObject(row.Segment, row.Offset);
        var path = Path.Combine(service.Path, "back.dcm");
        await File.WriteAllBytesAsync(path, bytes, Cancel);
        var (exitCode, output, error) = await PeerTools.RunAsync("dcmdump", ["+P", "0008,0018", path], Cancel);
        Assert.True(exitCode == 0, error);
        Assert.Contains($"[{row.SopInstanceUid}]", output, StringComparison.Ordinal);
        Assert.NotNull(DicomFile.Read(bytes).Dataset.GetString(DicomTag.SOPInstanceUID));
    }
}
