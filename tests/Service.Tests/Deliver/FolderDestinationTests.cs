using BrainTumorDicom.Service.Deliver;

namespace BrainTumorDicom.Service.Tests.Deliver;

public sealed class FolderDestinationTests : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("btd-folder-");
    private readonly string reports;
    private readonly string watched;

    public FolderDestinationTests()
    {
        reports = ReportFolder.Write(root.FullName);
        watched = root.CreateSubdirectory("watched").FullName;
    }

    [Fact]
    public async Task Every_object_gets_a_name_of_study_revision_and_kind()
    {
        foreach (var kind in (string[])["sr", "heatmap", "heatmap-2", "heatmap-1-png", "pdf", "pdf-page", "ko", "pm", "fhir", "hl7", "finding"])
        {
            Assert.IsType<DeliveryOutcome.Delivered>(await DeliverAsync(kind));
        }

        Assert.Equal(
            [
                "1.2.3_r1_fhir.json", "1.2.3_r1_finding.json", "1.2.3_r1_heatmap-1-png.png", "1.2.3_r1_heatmap-2.dcm", "1.2.3_r1_heatmap.dcm", "1.2.3_r1_hl7.hl7",
                "1.2.3_r1_ko.dcm", "1.2.3_r1_pdf-page.pdf", "1.2.3_r1_pdf.dcm", "1.2.3_r1_pm.dcm", "1.2.3_r1_sr.dcm",
            ],
            Directory.GetFiles(watched).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(Bytes(Path.Combine(reports, "report.sr.dcm")), Bytes(Path.Combine(watched, "1.2.3_r1_sr.dcm")));
    }

    [Fact]
    public async Task What_is_there_is_never_written_over_and_the_same_is_not_written_twice()
    {
        await File.WriteAllTextAsync(Path.Combine(watched, "1.2.3_r1_hl7.hl7"), "of somebody else", TestContext.Current.CancellationToken);

        Assert.Equal(new DeliveryOutcome.Delivered("1.2.3_r1_hl7_2.hl7"), await DeliverAsync("hl7"));
        Assert.Equal(new DeliveryOutcome.Delivered("1.2.3_r1_hl7.hl7 is there"), await DeliverAsync("hl7"));

        Assert.Equal(2, Directory.GetFiles(watched).Length);
        Assert.Equal("of somebody else", await File.ReadAllTextAsync(Path.Combine(watched, "1.2.3_r1_hl7.hl7"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_folder_that_is_gone_is_waited_for_and_not_made()
    {
        Directory.Delete(watched);
        Assert.IsType<DeliveryOutcome.Retry>(await DeliverAsync("sr"));
        Assert.False(Directory.Exists(watched));

        Directory.CreateDirectory(watched);
        Assert.IsType<DeliveryOutcome.Delivered>(await DeliverAsync("sr"));
    }

    [Fact]
    public async Task What_cannot_be_written_leaves_nothing_behind_and_is_tried_again()
    {
        // As little can be written as on a full disk: a folder has the temporary name.
        Directory.CreateDirectory(Path.Combine(watched, ".1.2.3_r1_sr.dcm.partial"));

        Assert.IsType<DeliveryOutcome.Retry>(await DeliverAsync("sr"));

        Assert.Empty(Directory.GetFiles(watched));
    }

    public void Dispose() => root.Delete(recursive: true);

    private static byte[] Bytes(string path) => File.ReadAllBytes(path);

    private Task<DeliveryOutcome> DeliverAsync(string kind) =>
        new FolderDestination(new FolderDestinationOptions { Path = watched }).DeliverAsync(kind, reports, TestContext.Current.CancellationToken);
}
