using BrainTumorDicom.Support;

namespace BrainTumorDicom.Reports.Hl7;

/// <summary>A parser that nobody here wrote reads every message.</summary>
public sealed class Hl7PeerTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("btd-hl7-");

    [PeerFact("python3")]
    public async Task Python_hl7_reads_patient_answer_and_text_of_every_message()
    {
        var cancellation = TestContext.Current.CancellationToken;
        if (!PeerTools.Required)
        {
            var (probe, _, _) = await PeerTools.RunAsync(PythonPeer.Interpreter, ["-c", "import hl7"], cancellation);
            Assert.SkipUnless(probe == 0, "peer not installed: python3-hl7");
        }

        foreach (var (name, request) in Samples.All)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, $"{name}.hl7"), Hl7MessageWriter.Write(request, new Hl7Options()), cancellation);
        }

        var script = Path.Combine(SharedData.ProjectRoot, "tests", "Reports.Tests", "Hl7", "read-messages.py");
        var (exitCode, output, error) = await PeerTools.RunAsync(PythonPeer.Interpreter, [script, folder.FullName], cancellation);

        Assert.True(exitCode == 0, error);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToDictionary(line => line.Split('\t')[0], line => line.Split('\t')[1..]);
        Assert.Equal(Samples.All.Count, lines.Count);
        Assert.Equal(["2.5.1", "PID-1", "山田", "52101004", "94.1"], lines["japanese"]);
        Assert.Equal(["2.5.1", "PID-1", "洪", "52101004", "94.1"], lines["korean"]);
        Assert.Equal(["2.5.1", "PID-1", "王", "52101004", "94.1"], lines["chinese"]);
        Assert.Equal(["2.5.1", "PID-1", "Müller", "52101004", "94.1"], lines["latin-1"]);
        Assert.Equal(["2.5.1", "PID-1", "Διονυσιος", "52101004", "94.1"], lines["greek"]);
        Assert.Equal(["2.5.1", "PID-1", "Doe", "373068000", ""], lines["refused"]);
    }

    public void Dispose() => folder.Delete(recursive: true);
}
