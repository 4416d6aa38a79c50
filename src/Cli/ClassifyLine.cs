using System.Collections.Immutable;
using System.Globalization;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Reports.Json;

namespace BrainTumorDicom.Cli;

/// <summary>One answer of <c>classify</c>: a series, an image file, or a slice.</summary>
/// <param name="Disposition">How it ended.</param>
/// <param name="Json">Its JSON line.</param>
/// <param name="Cells">Its row in the table.</param>
internal sealed record ClassifyLine(Disposition Disposition, string Json, IReadOnlyList<string> Cells)
{
    /// <summary>A series.</summary>
    public static ClassifyLine Of(string path, Finding finding, SeriesFinding series) => new(
        series.Disposition,
        FindingJson.SeriesLine(path, finding, series),
        [
            path,
            Result(series.Disposition, series.Class, series.Reason),
            Percent(series.Probabilities),
            string.Create(CultureInfo.InvariantCulture, $"{series.AnalysedSliceCount} of {series.Slices.Length}, {series.CarryingSlices.Length} carry it"),
        ]);

    /// <summary>An image file or a slice.</summary>
    public static ClassifyLine Of(string file, Disposition disposition, FindingReason? reason, ImmutableArray<double> probabilities, string? instance = null, int? frame = null) => new(
        disposition,
        FindingJson.ImageLine(file, disposition, reason, probabilities, instance, frame),
        [frame is null ? file : string.Create(CultureInfo.InvariantCulture, $"{file} frame {frame}"), Result(disposition, Leading(probabilities), reason), Percent(probabilities), ""]);

    private static TumorClass? Leading(ImmutableArray<double> probabilities) =>
        probabilities.IsDefaultOrEmpty ? null : (TumorClass)probabilities.IndexOf(probabilities.Max());

    private static string Result(Disposition disposition, TumorClass? value, FindingReason? reason)
    {
        var name = FindingJson.Name(disposition);
        return reason is null ? $"{name}: {value?.Label()}" : $"{name}: {reason.Code} {reason.Detail}".TrimEnd();
    }

    private static string Percent(ImmutableArray<double> probabilities) => string.Join(' ', probabilities.Select((probability, i) =>
        string.Create(CultureInfo.InvariantCulture, $"{TumorClasses.Labels[i][0]} {100 * probability:F1}")));
}
