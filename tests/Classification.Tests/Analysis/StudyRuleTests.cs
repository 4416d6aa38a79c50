using System.Collections.Immutable;
using BrainTumorDicom.Classification.Analysis;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Classification.Selection;

namespace BrainTumorDicom.Classification.Tests.Analysis;

public sealed class StudyRuleTests
{
    [Fact]
    public void A_less_known_series_does_not_contradict_t1_with_contrast()
    {
        var (disposition, _, deciding) = Decide(
            (Tumor(TumorClass.Meningioma), SequencePreference.Flair),
            (None(), SequencePreference.T2),
            (Tumor(TumorClass.Glioma), SequencePreference.T1WithContrast));

        Assert.Equal(Disposition.TargetTumor, disposition);
        Assert.Equal(TumorClass.Glioma, deciding!.Class);
    }

    [Fact]
    public void Two_series_without_contrast_that_differ_are_abstained_from()
    {
        var (disposition, reason, _) = Decide((Tumor(TumorClass.Glioma), SequencePreference.T1), (Tumor(TumorClass.Pituitary), SequencePreference.T2));

        Assert.Equal(Disposition.Abstained, disposition);
        Assert.Equal("CONTRADICTING", reason?.Code);
        Assert.Equal("glioma in one series, pituitary in another", reason?.Detail);
    }

    [Fact]
    public void A_better_known_series_without_a_tumour_contradicts_it()
    {
        var (disposition, reason, _) = Decide((None(), SequencePreference.T1WithContrast), (Tumor(TumorClass.Glioma), SequencePreference.T2));

        Assert.Equal(Disposition.Abstained, disposition);
        Assert.Equal("CONTRADICTING", reason?.Code);
    }

    [Fact]
    public void An_abstention_of_the_best_known_series_stands_beside_free_ones()
    {
        var (disposition, reason, _) = Decide((Abstained(ReasonCodes.LowConfidence), SequencePreference.T1), (None(), SequencePreference.T2));

        Assert.Equal(Disposition.Abstained, disposition);
        Assert.Equal("LOW-CONFIDENCE", reason?.Code);
    }

    [Fact]
    public void A_series_unlike_the_training_data_leaves_the_answer_to_the_next()
    {
        var (disposition, _, _) = Decide((Abstained(ReasonCodes.UnlikeTraining), SequencePreference.T1), (None(), SequencePreference.T2));

        Assert.Equal(Disposition.NoTargetTumor, disposition);
    }

    [Fact]
    public void Series_refused_for_different_reasons_are_all_named()
    {
        var (disposition, reason, deciding) = Decide(
            (Refused(ReasonCodes.Localizer), SequencePreference.Other), (Refused(ReasonCodes.Diffusion), SequencePreference.Other));

        Assert.Equal(Disposition.Refused, disposition);
        Assert.Equal("NO-SERIES", reason?.Code);
        Assert.Equal("DIFFUSION, LOCALIZER", reason?.Detail);
        Assert.Null(deciding);
        Assert.Equal("LOCALIZER", Decide((Refused(ReasonCodes.Localizer), SequencePreference.Other)).Reason?.Code);
    }

    [Fact]
    public void A_series_that_failed_makes_a_study_without_another_answer_an_error()
    {
        var failed = Refused(ReasonCodes.Failed) with { Disposition = Disposition.Error };

        Assert.Equal(Disposition.Error, Decide((failed, SequencePreference.T1), (Refused(ReasonCodes.Localizer), SequencePreference.Other)).Disposition);
        Assert.Equal(Disposition.NoTargetTumor, Decide((failed, SequencePreference.T1), (None(), SequencePreference.T2)).Disposition);
    }

    private static (Disposition Disposition, FindingReason? Reason, SeriesFinding? Deciding) Decide(params (SeriesFinding Finding, SequencePreference Preference)[] series) =>
        StudyRule.Decide(series, []);

    private static SeriesFinding Tumor(TumorClass value) => Series(Disposition.TargetTumor, null, value, [0.25, 0.25, 0.25, 0.25]);

    private static SeriesFinding None() => Series(Disposition.NoTargetTumor, null, TumorClass.NoTumor, [0, 0, 1, 0]);

    private static SeriesFinding Abstained(FindingReason reason) => Series(Disposition.Abstained, reason, null, [0.25, 0.25, 0.25, 0.25]);

    private static SeriesFinding Refused(FindingReason reason) => Series(Disposition.Refused, reason, null, []);

    private static SeriesFinding Series(Disposition disposition, FindingReason? reason, TumorClass? value, ImmutableArray<double> probabilities) =>
        new("1.2.3", null, 1, "MR", disposition, reason, value, probabilities, [], []);
}
