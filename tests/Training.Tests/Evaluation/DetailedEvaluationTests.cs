using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Training.Data;
using BrainTumorDicom.Training.Evaluation;
using BrainTumorDicom.Training.Reporting;

namespace BrainTumorDicom.Training.Tests.Evaluation;

public sealed class DetailedEvaluationTests
{
    [Fact]
    public void Intervals_are_wider_when_the_same_slices_come_from_fewer_heads()
    {
        var many = Evaluate(Enumerable.Range(0, 200).Select(i => Slice(i, group: i)));
        var few = Evaluate(Enumerable.Range(0, 200).Select(i => Slice(i, group: i / 20)));

        Assert.Equal(0.9, many.Accuracy.Value, 1e-9);
        Assert.Equal(many.Accuracy.Value, few.Accuracy.Value);

        // 1.96 standard errors of a proportion of 0.9 over 200.
        Assert.Equal(0.9 - 0.0416, many.Accuracy.Low, 0.012);
        Assert.Equal(0.9 + 0.0416, many.Accuracy.High, 0.012);
        Assert.True(few.Accuracy.High - few.Accuracy.Low > 1.5 * (many.Accuracy.High - many.Accuracy.Low));

        // Of every 20 the two last are wrong: with groups of all 200 in twenties, of one class each.
        static SliceResult Slice(int i, int group) => Results.Of(
            TumorClass.Glioma, group, Results.Sure(i / 20 == 9 ? TumorClass.NoTumor : TumorClass.Glioma));
    }

    [Fact]
    public void Tumour_or_none_is_measured_from_four_classes_too()
    {
        var evaluation = Evaluate(
        [
            Results.Of(TumorClass.Glioma, 1, Results.Sure(TumorClass.Meningioma)),
            Results.Of(TumorClass.Pituitary, 2, [0.2, 0.2, 0.4, 0.2]),
            Results.Of(TumorClass.Glioma, 3, Results.Sure(TumorClass.NoTumor)),
            Results.Of(TumorClass.NoTumor, 4, Results.Sure(TumorClass.NoTumor, 0.99)),
            Results.Of(TumorClass.NoTumor, 5, Results.Sure(TumorClass.NoTumor, 0.9)),
        ]);

        // A glioma taken for a meningioma is a tumour found; 0.6 spread over three tumours is a tumour.
        Assert.Equal(2 / 3.0, evaluation.Binary.Sensitivity.Value, 1e-9);
        Assert.Equal(1, evaluation.Binary.Specificity.Value);

        // Scores 0.97, 0.6, 0.03 against 0.01, 0.1: five of six pairs in the right order; one clear slice before the first tumour.
        Assert.Equal(5 / 6.0, evaluation.Binary.Auc, 1e-9);
        Assert.Equal(0.2, evaluation.Binary.Cleared, 1e-9);
    }

    [Fact]
    public void One_class_for_all_is_a_collapse()
    {
        var collapsed = Evaluate(Enum.GetValues<TumorClass>().Select(label => Results.Of(label, (int)label, Results.Sure(TumorClass.Glioma))));
        var oneClass = Evaluate([Results.Of(TumorClass.Glioma, 1, Results.Sure(TumorClass.Glioma))]);

        Assert.True(collapsed.Collapsed);
        Assert.False(oneClass.Collapsed);
    }

    [Fact]
    public void The_pattern_of_the_missed_is_told_by_size_place_and_contrast()
    {
        var found = Enumerable.Range(0, 20).Select(i => Results.Of(TumorClass.Meningioma, i, Results.Sure(TumorClass.Meningioma)));

        // The attention for meningioma of the missed ones points at the lower right, where nothing is bright.
        var elsewhere = Enumerable.Repeat(new float[] { 0, 0, 0, 1 }, 4).SelectMany(map => map).ToArray();
        var missed = Enumerable.Range(20, 6).Select(i => Results.Of(TumorClass.Meningioma, i, Results.Sure(TumorClass.NoTumor), attention: elsewhere));

        var pattern = Assert.Single(Evaluate(found.Concat(missed)).Patterns);

        Assert.Equal((6, 26), (pattern.Missed, pattern.Count));
        Assert.Equal(36 / 1024.0, pattern.FoundLook.Size, 1e-3);
        Assert.Equal(0, pattern.MissedLook.Size);
        Assert.Contains("6 of 26 slices of meningioma are missed, taken 6 for notumor", pattern.Text, StringComparison.Ordinal);
        Assert.Contains("smaller", pattern.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_shows_the_missed_slices_and_escapes_their_names()
    {
        var folder = Directory.CreateTempSubdirectory("btd-report-").FullName;
        var page = new HtmlReport("t");
        var evaluation = Evaluate([Results.Of(TumorClass.Glioma, 1, Results.Sure(TumorClass.NoTumor), "<b>.png"), Results.Of(TumorClass.Pituitary, 2, Results.Sure(TumorClass.Pituitary))]);

        EvaluationSections.Figures(page, evaluation);
        EvaluationSections.Missed(page, evaluation, new ReportFolder(folder));

        Assert.Contains("Not one slice of glioma is found", page.ToString(), StringComparison.Ordinal);
        Assert.Contains("data:image/png;base64,", page.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", page.ToString(), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "misclassified.png")));
        Directory.Delete(folder, recursive: true);
    }

    private static DetailedEvaluation Evaluate(IEnumerable<SliceResult> results) =>
        DetailedEvaluation.Of([.. results], ClassScheme.Four, gateThreshold: 2, skipped: []);
}
