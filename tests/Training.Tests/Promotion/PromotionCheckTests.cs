using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Training.Data;
using BrainTumorDicom.Training.Evaluation;
using BrainTumorDicom.Training.Promotion;
using BrainTumorDicom.Training.Tests.Data;

namespace BrainTumorDicom.Training.Tests.Promotion;

public sealed class PromotionCheckTests
{
    private const int GroupsPerClass = 25;
    private const int SlicesPerGroup = 4;

    [Fact]
    public void The_same_answers_pass_with_no_difference()
    {
        var check = PromotionCheck.Of(Answers((_, _) => false), Answers((_, _) => false));

        Assert.True(check.Passes);
        Assert.All(check.Figures, figure => Assert.Equal(0, figure.Difference.Value));
        Assert.Equal(5, check.Figures.Length);
    }

    [Fact]
    public void A_class_missed_more_often_is_named_with_by_how_much()
    {
        var check = PromotionCheck.Of(Answers((_, _) => false), Answers((label, group) => label == TumorClass.Glioma && group % 5 == 0));

        Assert.False(check.Passes);
        Assert.Equal(["accuracy", "recall of glioma"], check.Worse.Select(figure => figure.Name));
        Assert.Equal(-0.2, check.Figures.Single(figure => figure.Name == "recall of glioma").Difference.Value, 1e-9);
    }

    [Fact]
    public void A_head_lost_here_and_one_won_there_is_chance()
    {
        var check = PromotionCheck.Of(
            Answers((label, group) => label == TumorClass.Glioma && group == 1), Answers((label, group) => label == TumorClass.Glioma && group is 2 or 3));

        Assert.True(check.Passes);
    }

    [Fact]
    public void A_better_candidate_passes() =>
        Assert.True(PromotionCheck.Of(Answers((_, group) => group < 6), Answers((_, group) => group < 1)).Passes);

    [Fact]
    public void A_collapsed_candidate_never_passes()
    {
        var check = PromotionCheck.Of(Answers((_, _) => false), Answers((label, _) => label != TumorClass.NoTumor));

        Assert.True(check.Collapsed);
        Assert.False(check.Passes);
    }

    /// <summary>Groups of slices of each class; the wrong ones are called no tumour, and no tumour a glioma.</summary>
    private static DetailedEvaluation Answers(Func<TumorClass, int, bool> isWrong)
    {
        var results = new List<SliceResult>();
        foreach (var label in Enum.GetValues<TumorClass>())
        {
            for (var i = 0; i < GroupsPerClass * SlicesPerGroup; i++)
            {
                var group = i / SlicesPerGroup;
                var answer = !isWrong(label, group) ? label : label == TumorClass.NoTumor ? TumorClass.Glioma : TumorClass.NoTumor;
                var probabilities = new double[TumorClasses.Count];
                probabilities[(int)answer] = 1;
                results.Add(new SliceResult(
                    SampleFactory.Make(label, ((int)label * GroupsPerClass) + group), (int)label, (int)answer, probabilities, new float[4], AttentionRows: 1, AttentionColumns: 1, Distance: 0, Size: 2));
            }
        }

        return DetailedEvaluation.Of(results, ClassScheme.Four, gateThreshold: 1, []);
    }
}
