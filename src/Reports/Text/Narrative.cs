using System.Globalization;
using BrainTumorDicom.Classification.Findings;

namespace BrainTumorDicom.Reports.Text;

/// <summary>The sentences about a finding: one writer for SR, FHIR and page. "Algorithm output suggests", never "diagnosis", "confirmed" or "normal".</summary>
public static class Narrative
{
    // More than these help nobody; all carrying slices are in finding.json and in the Image Library.
    private const int SlicesNamed = 8;

    /// <summary>The answer in one sentence, with the limits where it is negative.</summary>
    public static string Answer(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return finding switch
        {
            { Disposition: Disposition.TargetTumor, Class: { } value } =>
                $"Algorithm output suggests {Name(value)}{PercentOf(finding, value)}.{Carrying(finding.DecidingSeries)}",
            { Disposition: Disposition.NoTargetTumor } =>
                $"No target tumor detected by algorithm{PercentOf(finding, TumorClass.NoTumor)}. {SafetyText.Limits}",
            _ => $"Not analysed: {Reason(finding.Reason)}.",
        };
    }

    /// <summary>What went in: series, slices, completeness, threshold and model.</summary>
    public static string Inputs(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        var model = finding.Model;
        var series = finding.DecidingSeries is { } deciding
            ? $"{SeriesName(deciding)}: {Count(deciding.AnalysedSliceCount)} of {Count(deciding.Slices.Length)} slices analysed"
            : "No series analysed";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{series}; {finding.Series.Length} series received. {Completeness(finding)}{Weighting(finding.DecidingSeries)} Report threshold {Percent(model.ReportThreshold)} for any tumor, calibration temperature {model.Temperature:0.###}. {model.Name} {model.Version} on {model.ExecutionProvider}, weights SHA-256 {model.Sha256}.");
    }

    /// <summary>The paragraph of the SR's Narrative Summary and of the FHIR conclusion after the research-use statement.</summary>
    public static string Summary(Finding finding) => $"{Answer(finding)} {Inputs(finding)}";

    /// <summary>One line per series: its answer or its reason.</summary>
    public static string OfSeries(SeriesFinding series)
    {
        ArgumentNullException.ThrowIfNull(series);
        var answer = series switch
        {
            { Disposition: Disposition.TargetTumor, Class: { } value } => $"algorithm output suggests {Name(value)}",
            { Disposition: Disposition.NoTargetTumor } => "no target tumor detected by algorithm",
            _ => $"not analysed: {Reason(series.Reason)}",
        };
        return $"{SeriesName(series)}, {Count(series.Slices.Length)} slices: {answer}";
    }

    /// <summary>The class in running text.</summary>
    public static string Name(TumorClass value) => value switch
    {
        TumorClass.Glioma => "glioma",
        TumorClass.Meningioma => "meningioma",
        TumorClass.NoTumor => "none of the three",
        TumorClass.Pituitary => "pituitary tumor",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "not a class"),
    };

    /// <summary>A fraction as a percentage with one decimal: <c>94.1 %</c>.</summary>
    public static string Percent(double fraction) => PercentNumber(fraction) + " %";

    /// <summary>The same without the sign: the value of a NUM item (DS, at most 16 characters).</summary>
    public static string PercentNumber(double fraction) => (fraction * 100).ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>The reason in words, with what was seen; never empty.</summary>
    public static string Reason(FindingReason? reason)
    {
        if (reason is null)
        {
            return "no reason was recorded";
        }

        var meaning = reason.Meaning.TrimEnd('.', ' ');
        return string.IsNullOrWhiteSpace(reason.Detail) ? meaning : $"{meaning} ({reason.Detail.TrimEnd('.', ' ')})";
    }

    /// <summary>Whether all slices took part, as a sentence.</summary>
    public static string Completeness(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return finding.Complete ? "Input complete."
            : string.IsNullOrWhiteSpace(finding.IncompleteReason) ? "Input incomplete."
            : $"Input incomplete: {finding.IncompleteReason.TrimEnd('.', ' ')}.";
    }

    private static string PercentOf(Finding finding, TumorClass value) =>
        finding.Probabilities.IsDefaultOrEmpty ? "" : $" ({Percent(finding.Probabilities[(int)value])})";

    private static string SeriesName(SeriesFinding series) =>
        (series.SeriesNumber is { } number ? string.Create(CultureInfo.InvariantCulture, $"Series {number}") : "Series without number")
        + (series.Modality.Length == 0 ? "" : $" ({series.Modality})");

    // What the model has hardly seen it may hardly find.
    private static string Weighting(SeriesFinding? series) => series?.Weighting is null or "" or SeriesFinding.KnownWeighting
        ? ""
        : $" Weighting of the series: {series.Weighting}; the algorithm was trained mostly on {SeriesFinding.KnownWeighting}, and finds less without it.";

    private static string Carrying(SeriesFinding? series)
    {
        if (series is null || series.CarryingSlices.IsDefaultOrEmpty)
        {
            return "";
        }

        var several = series.CarryingSlices.Select(slice => slice.SopInstanceUid).Distinct(StringComparer.Ordinal).Count() > 1;
        var named = series.CarryingSlices.Take(SlicesNamed).Select(slice => SliceName(slice, several)).OfType<string>().ToList();
        var count = series.CarryingSlices.Length;
        var which = named.Count == 0 ? "" : $" (strongest first: {string.Join(", ", named)}{(count > SlicesNamed ? ", ..." : "")})";
        return $" Carried by {Count(count)} of {Count(series.AnalysedSliceCount)} analysed slices{which}.";
    }

    // The number that a viewer shows beside the slice; of frames of several images both.
    private static string? SliceName(SliceFinding slice, bool several) => slice is { FrameNumber: { } frame, InstanceNumber: { } instance } && several
        ? string.Create(CultureInfo.InvariantCulture, $"image {instance} frame {frame}")
        : (slice.FrameNumber ?? slice.InstanceNumber)?.ToString(CultureInfo.InvariantCulture);

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}
