using System.Text.Json.Nodes;
using BrainTumorDicom.Training.Data;
using BrainTumorDicom.Training.Inspection;
using BrainTumorDicom.Training.Reporting;

namespace BrainTumorDicom.Training.Tests.Inspection;

public sealed class DatasetInspectorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Everything_that_is_wrong_with_a_set_is_found()
    {
        using var set = new TinySet(perClass: 5);
        var source = Path.Combine(set.Folder, "glioma", "000.png");
        File.Copy(source, Path.Combine(set.Folder, "glioma", "copy.jpg"));
        File.Copy(source, Path.Combine(set.Folder, "notumor", "wrong.png"));
        File.WriteAllText(Path.Combine(set.Folder, "pituitary", "broken.png"), "no picture");
        Directory.CreateDirectory(Path.Combine(set.Folder, "metastasis"));

        var inspection = new DatasetInspector(set.Folder, groupsFile: null, threads: 2).Run(progress: null, Token);

        Assert.Equal([6, 5, 6, 5], inspection.Classes.Select(look => look.Slices));
        Assert.Equal(["glioma/copy.jpg"], inspection.Misnamed);
        Assert.Equal(["metastasis/"], inspection.Foreign);
        Assert.Contains("broken.png", Assert.Single(inspection.Unreadable), StringComparison.Ordinal);
        Assert.Equal(3, Assert.Single(inspection.Copies).Length);
        Assert.Contains(inspection.Contradictions, names => names.Contains("notumor/wrong.png"));
        Assert.Equal([(48, 48, 22)], inspection.Sizes);
        Assert.Equal(22 / (4 * 6.0), inspection.Classes[0].Weight, 1e-9);
        var warnings = InspectionReport.Warnings(inspection).ToArray();
        Assert.Contains(warnings, warning => warning.Contains("two classes", StringComparison.Ordinal));
    }

    [Fact]
    public void The_report_has_pictures_all_figures_and_a_table_that_train_reads()
    {
        using var set = new TinySet(perClass: 5);
        var inspection = new DatasetInspector(set.Folder, groupsFile: null, threads: 2).Run(progress: null, Token);

        InspectionReport.Write(inspection, new ReportFolder(set.Output));

        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(set.Output, "report.json")))!;
        Assert.Equal(20, json["slices"]!.GetValue<int>());
        Assert.Equal(4, json["classes"]!.AsArray().Count);
        var page = File.ReadAllText(Path.Combine(set.Output, "report.html"));
        Assert.True(page.Split("data:image/png").Length > 8);
        Assert.Equal(20, GroupFile.Read(Path.Combine(set.Output, InspectionReport.GroupsFile)).Count);
        Assert.True(File.Exists(Path.Combine(set.Output, "mean-glioma.png")));
        var again = new DatasetInspector(set.Folder, Path.Combine(set.Output, InspectionReport.GroupsFile), threads: 2).Run(progress: null, Token).Comparison!;
        Assert.Equal((again.Pairs, 0, 0), (again.Found, again.Cut, again.Unlisted));
    }

    [Fact]
    public void A_file_whose_size_and_encoding_tell_its_class_is_warned_of()
    {
        using var set = new TinySet(perClass: 6);
        foreach (var path in Directory.GetFiles(Path.Combine(set.Folder, "notumor")))
        {
            using var file = File.Create(path);
            BrainTumorDicom.Slices.Images.PngWriter.WriteColor(file, [.. Enumerable.Range(0, 60 * 60 * 3).Select(i => (byte)(path[^5] + (i % 97)))], 60, 60);
        }

        var inspection = new DatasetInspector(set.Folder, groupsFile: null, threads: 2).Run(progress: null, Token);

        Assert.True(inspection.ShortcutAccuracy > inspection.MajorityAccuracy);
        Assert.Contains(inspection.Encodings, entry => entry == (SliceEncoding.PngColor, 6));
    }
}
