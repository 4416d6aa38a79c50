using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using BrainTumorDicom.Dicom;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Dicom.UpperLayer;
using BrainTumorDicom.Service.Receive;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Service.Tests.Receive;

/// <summary>Counting what an archive has of a study, with archives that nobody here wrote.</summary>
public sealed class FindStudySourceTests : IDisposable
{
    private const string Study = "1.2.3";
    private const string OwnReport = "1.2.3.9.1";
    private readonly string folder = Directory.CreateTempSubdirectory("btd-source-").FullName;
    private readonly DicomAddress archive = new(new AeTitle("ARCHIVE"), "127.0.0.1", FreePort());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string PortText => archive.Port.ToString(CultureInfo.InvariantCulture);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [PeerFact("dcmqrscp")]
    public async Task An_archive_that_counts_nothing_is_counted_by_SOP_Instance_UID()
    {
        Directory.CreateDirectory(Path.Combine(folder, "db"));
        var configuration = Path.Combine(folder, "dcmqrscp.cfg");
        await File.WriteAllTextAsync(
            configuration,
            $"""
            NetworkTCPPort = {PortText}
            MaxPDUSize = 16384
            MaxAssociations = 16
            HostTable BEGIN
            HostTable END
            VendorTable BEGIN
            VendorTable END
            AETable BEGIN
            ARCHIVE {folder}/db RW (200, 1024mb) ANY
            AETable END

            """,
            Cancel);

        await CountAsync("dcmqrscp", "-c", configuration);
    }

    [PeerFact("Orthanc")]
    public async Task An_archive_that_counts_our_report_too_is_looked_at_closer()
    {
        var configuration = Path.Combine(folder, "orthanc.json");
        await File.WriteAllTextAsync(
            configuration,
            $$"""
            {"Name":"T","StorageDirectory":"{{folder}}/db","IndexDirectory":"{{folder}}/db","DicomServerEnabled":true,"DicomPort":{{PortText}},
             "HttpServerEnabled":false,"DicomAlwaysAllowStore":true,"DicomAlwaysAllowFind":true,"DicomCheckCalledAet":false,"Plugins":[]}
            """,
            Cancel);

        await CountAsync("Orthanc", configuration);
    }

    [Fact]
    public async Task An_archive_that_is_not_there_is_an_error() =>
        await Assert.ThrowsAsync<IOException>(() => AskAsync(received: 1, Study));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Two series with three images and our report: three, whatever is here.</summary>
    private async Task CountAsync(string command, params string[] arguments)
    {
        using var process = PeerTools.Start(command, arguments);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await StoreAsync();

            Assert.Equal(3, await AskAsync(received: 2, Study));
            Assert.Equal(3, await AskAsync(received: 3, Study));
            Assert.Equal(0, await AskAsync(received: 3, "1.2.99"));
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private Task<int> AskAsync(int received, string study) => new FindStudySource(new AeTitle("BTD"), TimeSpan.FromSeconds(10)).CountAsync(
        archive, new ReceivedStudy(study, received, ["ARCHIVE"], new HashSet<string> { OwnReport }), Cancel);

    private async Task StoreAsync()
    {
        await using var client = await ConnectAsync();
        foreach (var (series, number) in new[] { (1, 1), (1, 2), (2, 1) })
        {
            await StoreAsync(client, TestInstance.Dataset(Study, $"{Study}.{series}", $"{Study}.{series}.{number}", number, content: number));
        }

        var report = TestInstance.Dataset(Study, $"{Study}.9", OwnReport, 1, content: 1);
        report.Remove(DicomTag.PixelData);
        report.Set(DicomTag.Modality, "SR");
        report.Set(DicomTag.SOPClassUID, DicomUid.EnhancedSRStorage.Value);
        await StoreAsync(client, report);
        await client.ReleaseAsync(Cancel);
    }

    private static async Task StoreAsync(DicomClient client, DicomDataset dataset)
    {
        dataset.Set(DicomTag.PatientID, "T1");
        dataset.Set(DicomTag.PatientName, "Test^Source");
        var bytes = TestInstance.Encode(dataset, DicomTransferSyntax.ExplicitVrLittleEndian);
        var response = await client.StoreAsync(
            dataset.GetString(DicomTag.SOPClassUID)!, dataset.GetString(DicomTag.SOPInstanceUID)!, TestInstance.ExplicitLittle, bytes, Cancel);
        Assert.True(response.Status.IsSuccess, $"{response.Status} {response.ErrorComment}");
    }

    private async Task<DicomClient> ConnectAsync()
    {
        var options = new DicomClientOptions
        {
            Host = archive.Host,
            Port = archive.Port,
            CalledAe = archive.AeTitle,
            Contexts =
            [
                new PresentationContextProposal(TestInstance.MrImageStorage, [TestInstance.ExplicitLittle]),
                new PresentationContextProposal(DicomUid.EnhancedSRStorage.Value, [TestInstance.ExplicitLittle]),
            ],
        };
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            try
            {
                return await DicomClient.ConnectAsync(options, Cancel);
            }
            catch (Exception error) when (error is IOException or DicomException && Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20))
            {
                await timer.WaitForNextTickAsync(Cancel);
            }
        }
    }
}
