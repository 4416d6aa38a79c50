using System.Text.Json;
using System.Text.Json.Nodes;
using BrainTumorDicom.Slices.Phantoms;

namespace BrainTumorDicom.Cli;

/// <summary>What came back for one phantom.</summary>
/// <param name="Class">What it is.</param>
/// <param name="Answered">The class answered, or <see langword="null"/>.</param>
/// <param name="Disposition">As <c>finding.json</c> spells it.</param>
/// <param name="Reason">Reason code where there is no answer.</param>
/// <param name="Probability">Of the class answered, in [0, 1].</param>
/// <param name="SliceCount">Slices analysed.</param>
/// <param name="Elapsed">From the first instance sent to the report received.</param>
/// <param name="ReportFolder">The service's copy of the reports.</param>
/// <param name="ReceivedFile">The SR as it came back.</param>
internal sealed record DemoResult(
    PhantomClass Class,
    string? Answered,
    string Disposition,
    string? Reason,
    double? Probability,
    int SliceCount,
    TimeSpan Elapsed,
    string ReportFolder,
    string ReceivedFile)
{
    /// <summary>Whether the answer is the phantom's class.</summary>
    public bool IsRight => Answered == PhantomSeries.Label(Class);

    /// <summary>Reads <c>finding.json</c> of a report.</summary>
    public static DemoResult Read(PhantomClass kind, TimeSpan elapsed, string reportFolder, string receivedFile)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(reportFolder, "finding.json")));
        var finding = json.RootElement;
        var answered = finding.GetProperty("class").GetString();
        return new DemoResult(
            kind,
            answered,
            finding.GetProperty("disposition").GetString()!,
            finding.GetProperty("reason").GetString(),
            answered is null ? null : finding.GetProperty("probabilities").GetProperty(answered).GetDouble(),
            finding.GetProperty("analysedSliceCount").GetInt32(),
            elapsed,
            reportFolder,
            receivedFile);
    }

    /// <summary>One line of <c>demo --json</c>.</summary>
    public string ToJson() => new JsonObject
    {
        ["class"] = PhantomSeries.Label(Class),
        ["answered"] = Answered,
        ["right"] = IsRight,
        ["disposition"] = Disposition,
        ["reason"] = Reason,
        ["probability"] = Probability,
        ["slices"] = SliceCount,
        ["seconds"] = Math.Round(Elapsed.TotalSeconds, 2),
        ["reports"] = ReportFolder,
        ["received"] = ReceivedFile,
    }.ToJsonString();
}
