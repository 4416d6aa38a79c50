using System.Text.RegularExpressions;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Reports;

/// <summary>Programs that nobody here wrote read pictures, documents and key objects.</summary>
public sealed class PeerObjectTests(SampleFiles samples)
{
    [PeerFact("dciodvfy")]
    public async Task Dicom3tools_finds_no_error_in_the_modules_of_any_object()
    {
        foreach (var file in samples.Objects)
        {
            var (_, output, error) = await PeerTools.RunAsync("dciodvfy", [file], TestContext.Current.CancellationToken);

            var complaint = Regex.Match(error + output, "(?m)^Error.*$");
            Assert.False(complaint.Success, $"{Path.GetFileName(file)}: {complaint.Value}");
        }
    }

    [PeerFact("dsrdump")]
    public async Task Dcmtk_reads_every_key_object_selection()
    {
        foreach (var file in samples.Objects.Where(file => file.EndsWith(".ko.dcm", StringComparison.Ordinal)))
        {
            var (exitCode, output, error) = await PeerTools.RunAsync("dsrdump", [file], TestContext.Current.CancellationToken);

            Assert.True(exitCode == 0, $"{Path.GetFileName(file)}: {error}");
            Assert.Contains("For Research", output, StringComparison.Ordinal);
        }
    }

    [PeerFact("pdftotext")]
    public async Task The_text_of_every_page_can_be_read_with_the_label_at_both_ends()
    {
        foreach (var name in Samples.All.Keys)
        {
            var text = await Text(name);

            Assert.Equal(2, Regex.Count(text, "RESEARCH USE ONLY. NOT FOR DIAGNOSTIC USE."));
            Assert.StartsWith("AI - RESEARCH USE ONLY - NOT FOR DIAGNOSIS", text, StringComparison.Ordinal);
            Assert.DoesNotContain("\fA", text, StringComparison.Ordinal);
        }

        Assert.Contains("Algorithm output suggests glioma (94.1 %)", await Text("glioma"), StringComparison.Ordinal);
        Assert.Contains("No target tumor detected by algorithm", await Text("notumor"), StringComparison.Ordinal);
        Assert.Contains("Not analysed:", await Text("refused"), StringComparison.Ordinal);
        Assert.Contains("Revision 2, replaces revision 1", await Text("revision-2"), StringComparison.Ordinal);
        Assert.Contains("ACC-77", await Text("error"), StringComparison.Ordinal);
    }

    [PeerFact("pdftotext")]
    public async Task Names_of_every_script_arrive_on_the_page()
    {
        Assert.Contains("Müller Jörg Dr.", await Text("latin-1"), StringComparison.Ordinal);
        Assert.Contains("Διονυσιος Σωκρατης", await Text("greek"), StringComparison.Ordinal);
        Assert.Contains("Yamada Tarou / 山田 太郎 / やまだ たろう", await Text("japanese"), StringComparison.Ordinal);
        Assert.Contains("Hong Gildong / 洪 吉洞 / 홍 길동", await Text("korean"), StringComparison.Ordinal);
        Assert.Contains("Wang XiaoDong / 王 小东", await Text("chinese"), StringComparison.Ordinal);
    }

    [PeerFact("pdftoppm")]
    public async Task Poppler_draws_every_page_without_a_complaint()
    {
        foreach (var name in Samples.All.Keys)
        {
            var target = Path.Combine(samples.ObjectFolder, $"{name}.page");
            var (exitCode, _, error) = await PeerTools.RunAsync(
                "pdftoppm", ["-r", "40", "-singlefile", Path.Combine(samples.ObjectFolder, $"{name}.pdf"), target], TestContext.Current.CancellationToken);

            // A machine without fonts for ideographs says that it has none; the page is right all the same.
            Assert.Equal(0, exitCode);
            Assert.DoesNotMatch("(?m)^Syntax (Error|Warning)(?!: No display font|: Couldn't find a font)", error);
            Assert.True(new FileInfo(target + ".ppm").Length > 100_000);
        }
    }

    private async Task<string> Text(string name)
    {
        var (exitCode, output, error) = await PeerTools.RunAsync(
            "pdftotext", ["-enc", "UTF-8", "-layout", Path.Combine(samples.ObjectFolder, $"{name}.pdf"), "-"], TestContext.Current.CancellationToken);
        Assert.True(exitCode == 0, $"{name}: {error}");
        return Regex.Replace(output, " +", " ").TrimStart();
    }
}
