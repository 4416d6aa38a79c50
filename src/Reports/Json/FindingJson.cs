using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using BrainTumorDicom.Classification.Findings;

namespace BrainTumorDicom.Reports.Json;

/// <summary>A <see cref="Finding"/> as JSON: finding.json beside the reports, and the lines of <c>classify --json</c>. One shape for both.</summary>
public static class FindingJson
{
    // Calibrated probabilities carry no more than this; it keeps lines short and their text the same on every machine.
    private const int Decimals = 6;

    /// <summary>finding.json: the study's answer, with every series and slice below it. Indented UTF-8, ends with a line feed.</summary>
    /// <param name="finding">What the algorithm said.</param>
    /// <param name="revision">1 for the first report of the study.</param>
    /// <param name="path">Where the study was read from, for the command line; <see langword="null"/> in the service.</param>
    public static byte[] WriteStudy(Finding finding, int revision, string? path = null) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(StudyShape(finding, revision, path), FindingJsonContext.Indented.FindingShape), (byte)'\n'];

    /// <summary>The same on one line, without a line end: <c>report --json</c>.</summary>
    public static string StudyLine(Finding finding, int revision, string? path = null) =>
        JsonSerializer.Serialize(StudyShape(finding, revision, path), FindingJsonContext.Lines.FindingShape);

    /// <summary>One line of <c>classify --json</c> for a DICOM series, without a line end.</summary>
    /// <param name="path">The file or folder it was read from.</param>
    /// <param name="finding">The study's finding.</param>
    /// <param name="series">The series of it that the line is about; <see langword="null"/> when the study has none.</param>
    public static string SeriesLine(string path, Finding finding, SeriesFinding? series)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(finding);
        return JsonSerializer.Serialize(SeriesShape(path, finding, series), FindingJsonContext.Lines.FindingShape);
    }

    /// <summary>One line of <c>classify --json</c> for an image file, or with <paramref name="instance"/> for a DICOM file (<c>--per-slice</c>).</summary>
    /// <param name="file">The file.</param>
    /// <param name="disposition">How it ended.</param>
    /// <param name="reason">Why there is no answer, or <see langword="null"/>.</param>
    /// <param name="probabilities">[4] in class order; empty when not analysed. The class is the largest.</param>
    /// <param name="instance">SOP Instance UID of a DICOM file.</param>
    /// <param name="frame">1-based frame of a multi-frame file.</param>
    public static string ImageLine(
        string file, Disposition disposition, FindingReason? reason, ImmutableArray<double> probabilities, string? instance = null, int? frame = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        var shape = new ImageShape(
            file, instance, frame, Leading(probabilities), Probabilities(probabilities), Name(disposition), reason?.Code, reason?.Meaning, Detail(reason));
        return JsonSerializer.Serialize(shape, FindingJsonContext.Lines.ImageShape);
    }

    /// <summary>The name of a disposition in JSON, tables and logs.</summary>
    public static string Name(Disposition disposition) => disposition switch
    {
        Disposition.TargetTumor => "target-tumor",
        Disposition.NoTargetTumor => "no-target-tumor",
        Disposition.Abstained => "abstained",
        Disposition.Refused => "refused",
        Disposition.Error => "error",
        _ => throw new ArgumentOutOfRangeException(nameof(disposition), disposition, "not a disposition"),
    };

    private static FindingShape StudyShape(Finding finding, int revision, string? path)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return SeriesShape(path, finding, finding.DecidingSeries) with
        {
            Disposition = Name(finding.Disposition),
            Reason = finding.Reason?.Code,
            ReasonMeaning = finding.Reason?.Meaning,
            ReasonDetail = Detail(finding.Reason),
            Class = finding.Class?.Label(),
            Probabilities = Probabilities(finding.Probabilities),

            // A study can be abstained from although one of its series found a tumour: then no slices carry the study's answer.
            CarryingSlices = finding.Disposition == Disposition.TargetTumor ? Carrying(finding.DecidingSeries) : [],
            CarryingFrames = finding.Disposition == Disposition.TargetTumor ? CarryingFrames(finding.DecidingSeries) : null,
            Revision = revision,
            SeriesFindings = [.. finding.Series.Select(series => SeriesShape(null, finding, series) with { Slices = [.. series.Slices.Select(Slice)], Model = null })],
        };
    }

    private static FindingShape SeriesShape(string? path, Finding finding, SeriesFinding? series) => new()
    {
        Path = path,
        Study = finding.StudyInstanceUid,
        Series = series?.SeriesInstanceUid,
        Disposition = Name(series?.Disposition ?? finding.Disposition),
        Reason = series is null ? finding.Reason?.Code : series.Reason?.Code,
        ReasonMeaning = series is null ? finding.Reason?.Meaning : series.Reason?.Meaning,
        ReasonDetail = Detail(series is null ? finding.Reason : series.Reason),
        Class = series?.Class?.Label(),
        Probabilities = series is null ? null : Probabilities(series.Probabilities),
        SliceCount = series?.Slices.Length ?? 0,
        AnalysedSliceCount = series?.AnalysedSliceCount ?? 0,
        CarryingSlices = Carrying(series),
        CarryingFrames = CarryingFrames(series),
        SeriesNumber = series?.SeriesNumber,
        Modality = series?.Modality,
        Complete = finding.Complete,
        IncompleteReason = finding.Complete ? null : finding.IncompleteReason,
        AnalysisStarted = finding.AnalysisStarted.ToString("yyyy-MM-ddTHH:mm:ss.fffK", CultureInfo.InvariantCulture),
        Model = finding.Model,
    };

    private static ImmutableArray<string> Carrying(SeriesFinding? series) =>
        series is null ? [] : [.. series.CarryingSlices.Select(slice => slice.SopInstanceUid).Distinct(StringComparer.Ordinal)];

    private static FrameShape[]? CarryingFrames(SeriesFinding? series) =>
        series?.CarryingSlices.Any(slice => slice.FrameNumber is not null) == true
            ? [.. series.CarryingSlices.Where(slice => slice.FrameNumber is not null).Select(slice => new FrameShape(slice.SopInstanceUid, slice.FrameNumber!.Value))]
            : null;

    private static SliceShape Slice(SliceFinding slice) => new(
        slice.SopInstanceUid,
        slice.FrameNumber,
        slice.InstanceNumber,
        slice.PositionMillimetres is { } position ? Math.Round(position, 3) : null,
        Probabilities(slice.Probabilities),
        slice.LeftOut?.Code);

    private static ProbabilitiesShape? Probabilities(ImmutableArray<double> values) =>
        values.IsDefaultOrEmpty || values.Length != TumorClasses.Count || !values.All(double.IsFinite)
            ? null
            : new ProbabilitiesShape(Rounded(values, TumorClass.Glioma), Rounded(values, TumorClass.Meningioma), Rounded(values, TumorClass.NoTumor), Rounded(values, TumorClass.Pituitary));

    private static double Rounded(ImmutableArray<double> values, TumorClass value) => Math.Round(values[(int)value], Decimals);

    private static string? Leading(ImmutableArray<double> values) =>
        Probabilities(values) is null ? null : TumorClasses.Labels[values.IndexOf(values.Max())];

    private static string? Detail(FindingReason? reason) => string.IsNullOrEmpty(reason?.Detail) ? null : reason.Detail;
}
