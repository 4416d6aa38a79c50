using BrainTumorDicom.Classification.Selection;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Dicom.UpperLayer;
using BrainTumorDicom.Reports;
using BrainTumorDicom.Service.Deliver;
using BrainTumorDicom.Service.Ledger;
using Microsoft.Extensions.Logging.Abstractions;

namespace BrainTumorDicom.Service.Tests.Receive;

public sealed class OwnResultTests
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData("SR")]
    [InlineData("OT")]
    [InlineData("DOC")]
    [InlineData("KO")]
    public async Task A_result_of_any_installation_is_kept_with_success_and_opens_no_revision(string modality)
    {
        await using var service = await ReceiveFixture.StartAsync();
        await SendAsync(service, TestInstance.Create("1.2.3", 1));
        service.Time.Advance(Quiet);
        await service.Queue.NextAsync();

        await SendAsync(service, Result("1.2.3", modality));
        await SendAsync(service, Result("1.2.4", modality));
        service.Time.Advance(Quiet);
        await service.Receiver.FlushAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, service.Queue.Count);
        Assert.Null(await new RevisionLedger(service.Database).FindAsync("1.2.3", 2));
        Assert.Single(await service.Instances.ListAsync("1.2.3"));
        Assert.Equal(2, service.Instances.Stored("1.2.3", null, null).Count);
    }

    [Fact]
    public async Task It_is_none_of_the_study_that_it_comes_with()
    {
        await using var service = await ReceiveFixture.StartAsync();
        var association = service.Associate();
        await association.SendAsync(TestInstance.Create("1.2.3", 1));
        await association.SendAsync(Result("1.2.3", "SR"));
        await association.EndAsync();
        service.Time.Advance(Quiet);

        Assert.Equal(("1.2.3", 1), await service.Queue.NextAsync());
        Assert.Single(await service.Instances.ListAsync("1.2.3"));
        Assert.Equal(1, (await new StudyLedger(service.Database).ReceivedAsync("1.2.3")).InstanceCount);
    }

    [Fact]
    public async Task After_a_sudden_stop_it_is_told_again_from_the_journal()
    {
        string copy;
        await using (var service = await ReceiveFixture.StartAsync())
        {
            await SendAsync(service, Result("1.2.3", "OT"));
            copy = service.CopyJournal();
        }

        await using (var recovered = await ReceiveFixture.StartAsync(copy))
        {
            recovered.Time.Advance(TimeSpan.FromMinutes(1));
            Assert.Empty(await new RevisionLedger(recovered.Database).UncoveredAsync());
            Assert.Equal(0, recovered.Queue.Count);
            Assert.True(Assert.Single(recovered.Instances.Stored("1.2.3", null, null)).Own);
        }

        Directory.Delete(copy, recursive: true);
    }

    [Fact]
    public async Task A_report_whose_equipment_an_archive_changed_is_told_by_its_UID()
    {
        await using var service = await ReceiveFixture.StartAsync();
        await SendAsync(service, TestInstance.Create("1.2.3", 1));
        service.Time.Advance(Quiet);
        await service.Queue.NextAsync();
        var changed = TestInstance.Create("1.2.3", 7, series: 9);
        var now = DateTimeOffset.UtcNow;
        await new FindingLedger(service.Database).SaveAsync(
            new FindingRow { StudyInstanceUid = "1.2.3", Revision = 1, Disposition = "refused", Json = "{}", Created = now },
            [new ReportRow { StudyInstanceUid = "1.2.3", Revision = 1, Kind = "heatmap", Uid = changed.Sop, Path = "heatmap/1.dcm", Sha256 = "" }],
            [],
            TestContext.Current.CancellationToken);

        await SendAsync(service, changed);
        service.Time.Advance(Quiet);
        await service.Receiver.FlushAsync(TestContext.Current.CancellationToken);

        Assert.Null(await new RevisionLedger(service.Database).FindAsync("1.2.3", 2));
        Assert.Single(await service.Instances.ListAsync("1.2.3"));
    }

    [Fact]
    public async Task A_destination_that_is_this_service_itself_makes_no_loop()
    {
        await using var service = await ReceiveFixture.StartAsync();
        await using var server = new DicomServer(
            new DicomServerOptions { AeTitle = new AeTitle("SELF"), Port = 0 }, _ => service.Receiver.Accept(), NullLoggerFactory.Instance);
        await server.StartAsync(TestContext.Current.CancellationToken);
        var folder = Directory.CreateDirectory(Path.Combine(service.Path, "report")).FullName;
        var report = Dataset("1.2.3", "SR");
        report.Set(DicomTag.SOPClassUID, DicomUid.Comprehensive3DSRStorage.Value);
        new DicomFile(report, DicomTransferSyntax.ExplicitVrLittleEndian).Write(Path.Combine(folder, ReportKinds.File(ReportKinds.StructuredReport)));
        var self = new DicomDestination(
            new DicomAddress(new AeTitle("SELF"), "127.0.0.1", server.LocalEndPoint.Port), StructuredReportChoice.Auto, new AeTitle("SELF"), TimeSpan.FromMinutes(1));

        Assert.IsType<DeliveryOutcome.Delivered>(await self.DeliverAsync(ReportKinds.StructuredReport, folder, TestContext.Current.CancellationToken));
        await server.StopAsync(TestContext.Current.CancellationToken);
        service.Time.Advance(Quiet);
        await service.Receiver.FlushAsync(TestContext.Current.CancellationToken);

        Assert.Single(service.Instances.Stored("1.2.3", null, null));
        Assert.Equal(0, service.Queue.Count);
        Assert.Null(await new RevisionLedger(service.Database).FindAsync("1.2.3", 1));
    }

    private static TestInstance Result(string study, string modality) =>
        new(study, $"{study}.77", $"{study}.77.1", TestInstance.Encode(Dataset(study, modality), DicomTransferSyntax.ExplicitVrLittleEndian));

    private static DicomDataset Dataset(string study, string modality)
    {
        var dataset = TestInstance.Dataset(study, $"{study}.77", $"{study}.77.1", 1, 0);
        dataset.Set(DicomTag.Modality, modality);
        dataset.Set(DicomTag.Manufacturer, OwnEquipment.Manufacturer);
        dataset.Set(DicomTag.ManufacturerModelName, OwnEquipment.ModelName);
        return dataset;
    }

    private static async Task SendAsync(ReceiveFixture service, TestInstance instance)
    {
        var association = service.Associate();
        await association.SendAsync(instance);
        await association.EndAsync();
    }
}
