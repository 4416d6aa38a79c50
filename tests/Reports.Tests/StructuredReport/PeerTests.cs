using BrainTumorDicom.Support;

namespace BrainTumorDicom.Reports.StructuredReport;

/// <summary>Programs that nobody here wrote read every sample.</summary>
public sealed class PeerTests(SampleFiles samples)
{
    [PeerFact("dsrdump")]
    public async Task Dcmtk_reads_the_content_tree_of_every_document()
    {
        foreach (var file in samples.Documents)
        {
            var (exitCode, output, error) = await PeerTools.RunAsync("dsrdump", ["+Pc", file], TestContext.Current.CancellationToken);

            Assert.True(exitCode == 0, $"{Path.GetFileName(file)}: {error}");
            Assert.DoesNotMatch("(?m)^(E|F): ", error);
            Assert.DoesNotMatch("(?m)^W: .*(type 1|invalid|incorrect|absent|Incorrect|Invalid)", error);
            Assert.Contains("(126000,DCM,\"Imaging Measurement Report\")", output, StringComparison.Ordinal);
            Assert.Contains("RESEARCH USE ONLY", output, StringComparison.Ordinal);
        }
    }

    [PeerFact("dciodvfy")]
    public async Task Dicom3tools_finds_no_error_in_the_modules_of_any_document()
    {
        foreach (var file in samples.Documents)
        {
            var (_, output, error) = await PeerTools.RunAsync("dciodvfy", [file], TestContext.Current.CancellationToken);

            Assert.Contains("SR", error + output, StringComparison.Ordinal);
            Assert.DoesNotMatch("(?m)^Error", error + output);
        }
    }

    [PeerFact("java")]
    public async Task PixelMed_finds_the_templates_kept()
    {
        const string archive = "/usr/share/java/pixelmed.jar";
        Assert.SkipUnless(File.Exists(archive) || PeerTools.Required, "peer not installed: libpixelmed-java");

        // Its stylesheet needs more steps than Java's limits allow.
        string[] limits = ["-Djdk.xml.xpathTotalOpLimit=0", "-Djdk.xml.xpathExprOpLimit=0", "-Djdk.xml.xpathExprGrpLimit=0"];
        var (exitCode, output, error) = await PeerTools.RunAsync(
            "java",
            ["-XX:TieredStopAtLevel=1", .. limits, "-cp", archive, "com.pixelmed.validate.DicomSRValidator", Path.Combine(samples.Folder, "glioma.Comprehensive3D.dcm")],
            TestContext.Current.CancellationToken);

        Assert.True(exitCode == 0, error);
        Assert.Contains("Found Root Template TID_1500", output, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"(?m)^\s*(Error|Warning)", output);
    }
}
