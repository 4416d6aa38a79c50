using System.Text.Json.Nodes;
using BrainTumorDicom.Classification.Execution;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Classification.Model;
using BrainTumorDicom.Reports.Json;
using BrainTumorDicom.Training.Evaluation.Volumes;

namespace BrainTumorDicom.Cli;

/// <summary>Evaluates whole series and shows false alarms and tumours found side by side.</summary>
internal static class VolumeDisplay
{
    public static void Run(
        Classifier classifier,
        string volumes,
        string folder,
        string? groups,
        (int Seed, double Fraction) heldOut,
        (int Count, string? FirstModel) insert,
        bool json,
        CancellationToken cancellationToken)
    {
        var evaluation = new VolumeEvaluation(classifier);
        if (insert.Count > 0)
        {
            using var first = Classifier.Load(
                ModelPackage.Load(insert.FirstModel ?? throw new ArgumentException("--insert needs --first-model: the package that finds the tumours in the slices.")));
            evaluation.TakeTumors(first, folder, groups, heldOut.Seed, heldOut.Fraction, cancellationToken);
        }

        var all = new List<VolumeFigures>();
        if (!json)
        {
            Console.WriteLine($"{"series",-30}{"called",8}{"of",5}{"all",5}  {"answer",-46}{"put in",7}{"found",6}{"class",6}{"abst.",6}");
        }

        foreach (var figures in evaluation.Run(volumes, insert.Count, cancellationToken))
        {
            all.Add(figures);
            Console.WriteLine(json ? ToJson(figures).ToJsonString() : Row(figures));
        }

        if (!json)
        {
            foreach (var weighting in all.GroupBy(one => one.Weighting).Where(own => insert.Count > 0 && own.Key.Length > 0).OrderBy(own => own.Key, StringComparer.Ordinal))
            {
                Console.WriteLine(FormattableString.Invariant(
                    $"{weighting.Key}: {weighting.Sum(one => one.Found)} of {weighting.Sum(one => one.Inserted)} tumours found, {weighting.Sum(one => one.Abstained)} abstained from"));
            }

            Console.WriteLine(FormattableString.Invariant(
                $"{all.Sum(one => one.Called)} of {all.Sum(one => one.Analysed)} slices called a tumour; {all.Sum(one => one.Found)} of {all.Sum(one => one.Inserted)} tumours found, {all.Sum(one => one.Abstained)} abstained from"));
        }
    }

    private static string Row(VolumeFigures figures)
    {
        var answer = figures.Reason.Length > 0 ? $"{FindingJson.Name(figures.Disposition)} {figures.Reason}" : $"{FindingJson.Name(figures.Disposition)}";
        return FormattableString.Invariant(
            $"{figures.Name,-30}{figures.Called,8}{figures.Analysed,5}{figures.Slices,5}  {answer + $" {figures.Class?.Label()} {figures.TumorProbability:F2}",-46}{figures.Inserted,7}{figures.Found,6}{figures.RightClass,6}{figures.Abstained,6}");
    }

    private static JsonObject ToJson(VolumeFigures figures) => new()
    {
        ["what"] = "series",
        ["name"] = figures.Name,
        ["weighting"] = figures.Weighting,
        ["disposition"] = FindingJson.Name(figures.Disposition),
        ["reason"] = figures.Reason,
        ["class"] = figures.Class?.Label(),
        ["tumorProbability"] = double.IsNaN(figures.TumorProbability) ? null : figures.TumorProbability,
        ["slices"] = figures.Slices,
        ["analysed"] = figures.Analysed,
        ["called"] = figures.Called,
        ["inserted"] = figures.Inserted,
        ["found"] = figures.Found,
        ["rightClass"] = figures.RightClass,
        ["abstained"] = figures.Abstained,
    };
}
