using System.Collections.Immutable;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Slices.Conversion;

namespace BrainTumorDicom.Reports;

/// <summary>Findings of every kind for the tests.</summary>
internal static class Findings
{
    public const string Study = "1.2.826.0.1.3680043.8.498.1";
    public const string Series = "1.2.826.0.1.3680043.8.498.1.2";
    public const string FrameOfReference = "1.2.826.0.1.3680043.8.498.1.9";
    public const string MrImageStorage = "1.2.840.10008.5.1.4.1.1.4";

    public static readonly DateTimeOffset Started = new(2026, 11, 21, 8, 30, 15, 250, TimeSpan.FromHours(1));

    public static readonly ModelIdentity Model = new(
        "BrainTumorDicom brain-tumor", "1.0.0", "BrainTumorDicom", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", 1.7, 0.8, "CPU");

    /// <summary>A finding with one analysed series: a tumour class, or none of them.</summary>
    public static Finding Of(TumorClass value, int sliceCount = 24)
    {
        var slices = Slices(sliceCount, value);
        var carrying = value == TumorClass.NoTumor ? ImmutableArray<SliceFinding>.Empty : [.. slices.Skip(sliceCount / 2).Take(7)];
        var disposition = value == TumorClass.NoTumor ? Disposition.NoTargetTumor : Disposition.TargetTumor;
        var series = new SeriesFinding(Series, FrameOfReference, 4, "MR", disposition, null, value, Vector(value, 0.9412), slices, carrying);
        return new Finding(Study, disposition, null, value, series.Probabilities, series, [series], Complete: true, "", Started, Model);
    }

    /// <summary>The same of one Enhanced MR image: the slices are its frames.</summary>
    public static Finding OfFrames(TumorClass value)
    {
        var finding = Of(value);
        var series = finding.Series[0] with { Slices = [.. finding.Series[0].Slices.Select(Frame)], CarryingSlices = [.. finding.Series[0].CarryingSlices.Select(Frame)] };
        return finding with { Series = [series], DecidingSeries = series };

        static SliceFinding Frame(SliceFinding slice) => slice with
        {
            SopClassUid = "1.2.840.10008.5.1.4.1.1.4.1",
            SopInstanceUid = $"{Series}.1",
            FrameNumber = slice.InstanceNumber,
            InstanceNumber = 1,
        };
    }

    /// <summary>A finding without an answer: abstained (analysed all the same), refused or error.</summary>
    public static Finding Without(Disposition disposition, FindingReason reason, int sliceCount = 12)
    {
        var analysed = disposition == Disposition.Abstained;
        var probabilities = analysed ? Vector(TumorClass.Glioma, 0.61) : [];
        var slices = analysed
            ? Slices(sliceCount, TumorClass.Glioma)
            : [.. Slices(sliceCount, TumorClass.Glioma).Select(slice => slice with { Probabilities = [], LeftOut = reason, AttentionRow = double.NaN, AttentionColumn = double.NaN })];
        var series = new SeriesFinding(Series, FrameOfReference, 4, "MR", disposition, reason, null, probabilities, slices, []);
        return new Finding(Study, disposition, reason, null, probabilities, analysed ? series : null, [series], Complete: true, "", Started, Model);
    }

    /// <summary>Probabilities with <paramref name="value"/> leading and the rest shared.</summary>
    public static ImmutableArray<double> Vector(TumorClass value, double leading)
    {
        var vector = Enumerable.Repeat((1 - leading) / 3, TumorClasses.Count).ToArray();
        vector[(int)value] = leading;
        return [.. vector];
    }

    private static ImmutableArray<SliceFinding> Slices(int count, TumorClass value) =>
        [.. Enumerable.Range(1, count).Select(i => i <= 2
            ? new SliceFinding(MrImageStorage, $"{Series}.{i}", null, i, i * 5.0, [], new FindingReason("EDGE-OF-HEAD", "Too little head in the slice"))
            : new SliceFinding(MrImageStorage, $"{Series}.{i}", null, i, i * 5.0, Vector(value, 0.9), null, 0.4, 0.6) { Attention = Attention(value) })];

    /// <summary>A map of 4 × 4 over the source files' middle, with one hot cell in its lower right quarter.</summary>
    private static AttentionMap Attention(TumorClass value) =>
        new(value, 4, 4, [.. Enumerable.Range(0, 16).Select(i => i == 10 ? 3f : -1f)], Top: 4, Left: 0, Height: 40, Width: 40, new DisplayRange(0, 1000));
}
