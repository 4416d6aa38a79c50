using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Classification.Folding;
using BrainTumorDicom.Classification.Model;

namespace BrainTumorDicom.Classification.Tests.Folding;

public sealed class SeriesRuleTests
{
    private static readonly SeriesRuleParameters Rule = new()
    {
        MinimumRun = 3, MinimumExtentMillimetres = 10, ReportThreshold = 0.75, AbstainThreshold = 0.5, MaximumAttentionDistanceMillimetres = 75,
    };

    [Fact]
    public void A_run_of_one_class_at_one_place_is_that_tumour()
    {
        var answer = Fold("nnnnnnnnggggggnnnnnnnn", 5);

        Assert.Equal(Disposition.TargetTumor, answer.Disposition);
        Assert.Equal(TumorClass.Glioma, answer.Class);
        Assert.InRange(answer.Probabilities[(int)TumorClass.Glioma], 0.9, 1);
        Assert.Equal(1, answer.Probabilities.Sum(), 9);
        Assert.Equal([8, 9, 10, 11, 12, 13], answer.Carrying.Order());
    }

    [Theory]
    [InlineData("nnnnnnnngnnnnnnnnnnnn", 5)]
    [InlineData("nnnnnnnnggnnnnnnnnnnn", 5)]
    [InlineData("nnngnnnnmnnnpnngnnnmn", 5)]
    [InlineData("nnnnnnnngggggnnnnnnnn", 1)]
    [InlineData("nnnnnnnnnnnnnnnnnnnnn", 5)]
    [InlineData("n", 5)]
    [InlineData("", 5)]
    public void A_hot_slice_a_flicker_or_a_thin_run_is_no_tumour(string slices, double distance)
    {
        var answer = Fold(slices, distance);

        Assert.Equal(Disposition.NoTargetTumor, answer.Disposition);
        Assert.Equal(TumorClass.NoTumor, answer.Class);
        Assert.InRange(answer.Probabilities[(int)TumorClass.NoTumor], 0.5, 1);
        Assert.Empty(answer.Carrying);
    }

    [Fact]
    public void A_run_that_looks_all_over_the_head_is_no_tumour()
    {
        var slices = Slices("nnnnnnnggggggnnnnnnn", 5);
        for (var i = 7; i < 13; i++)
        {
            slices[i] = slices[i] with { AttentionRow = i % 2 * 140, AttentionColumn = i % 3 * 70 };
        }

        Assert.Equal(Disposition.NoTargetTumor, SeriesRule.Fold(slices, Rule).Disposition);
    }

    [Fact]
    public void A_dissenting_edge_slice_does_not_turn_the_answer()
    {
        var answer = Fold("nnnnnnmppppppnnnnnn", 4);

        Assert.Equal(TumorClass.Pituitary, answer.Class);
        Assert.DoesNotContain(6, answer.Carrying);
    }

    [Fact]
    public void A_tumour_without_agreement_on_its_class_is_abstained_from()
    {
        var answer = Fold("nnnnnnmgmgmgmgmgnnnnnn", 4);

        Assert.Equal(Disposition.Abstained, answer.Disposition);
        Assert.Equal("CONTRADICTING", answer.Reason?.Code);
        Assert.Null(answer.Class);
    }

    [Fact]
    public void A_mass_whose_class_is_less_sure_is_reported_under_the_likelier_one_with_the_probabilities_of_both()
    {
        var answer = Fold("nnnnnngggggmmmnnnnnn", 4);

        Assert.Equal(TumorClass.Glioma, answer.Class);
        Assert.InRange(answer.Probabilities[(int)TumorClass.Glioma], 0.6, 0.85);
        Assert.InRange(answer.Probabilities[(int)TumorClass.Meningioma], 0.1, 0.35);
        Assert.Equal([6, 7, 8, 9, 10], answer.Carrying.Order());
    }

    [Fact]
    public void Two_tumours_of_different_class_are_abstained_from()
    {
        var answer = Fold("nnnggggnnnnnnnnnnppppnnn", 5);

        Assert.Equal("CONTRADICTING", answer.Reason?.Code);
    }

    [Fact]
    public void The_same_class_at_both_ends_of_the_head_is_abstained_from()
    {
        var answer = Fold("gggggnnnnnnnnnnnnnnnnnnnnggggg", 6);

        Assert.Equal("SCATTERED", answer.Reason?.Code);
    }

    [Fact]
    public void A_pituitary_tumour_longer_than_any_is_abstained_from_and_contradicts_nothing()
    {
        Assert.Equal("IMPLAUSIBLE", Fold("nnnppppppppppppnnnnnnnnnnnn", 5).Reason?.Code);
        Assert.Equal(TumorClass.Glioma, Fold("nnppppppppppppnnnnnggggggnnn", 5).Class);
        Assert.Equal(TumorClass.Pituitary, Fold("nnnnnnnppppppnnnnnnn", 5).Class);
    }

    [Fact]
    public void The_skull_base_beside_a_heavier_tumour_contradicts_nothing()
    {
        Assert.Equal(TumorClass.Glioma, Fold("nnnnppppppnnngggggggggnnn", 5).Class);
        Assert.Equal("CONTRADICTING", Fold("nnnnmmmmmmnnngggggggggnnn", 5).Reason?.Code);
    }

    [Fact]
    public void A_small_second_run_is_outweighed()
    {
        var answer = Fold("nnnggggggggggggnnnnnnnnnnpppnnn", 5);

        Assert.Equal(TumorClass.Glioma, answer.Class);
    }

    [Fact]
    public void Weak_evidence_is_abstained_from()
    {
        var answer = Fold("nnnnnnnnGGGGGnnnnnnnnn", 5);

        Assert.Equal("LOW-CONFIDENCE", answer.Reason?.Code);
        Assert.Contains("glioma", answer.Reason!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Slices_far_apart_are_no_neighbours()
    {
        // The run's three slices make a window, but what lies behind the gap does not lengthen it.
        var slices = Slices("nnnnnnngggggnnnnnn", 5).Select((slice, i) => i >= 10 ? slice with { Position = slice.Position + 50 } : slice).ToArray();

        Assert.Equal([7, 8, 9], SeriesRule.Fold(slices, Rule).Carrying.Order());
    }

    [Fact]
    public void Whatever_the_slices_say_the_answer_is_well_formed()
    {
        var random = new Random(7);
        for (var n = 0; n < 500; n++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(40)).Select(_ => "gmnpG"[random.Next(5)])]);
            var slices = Slices(text, 0.5 + (random.NextDouble() * 7));
            for (var i = 0; i < slices.Length; i++)
            {
                slices[i] = slices[i] with { AttentionRow = random.Next(200), AttentionColumn = random.Next(200) };
            }

            var answer = SeriesRule.Fold(slices, Rule);

            Assert.Equal(1, answer.Probabilities.Sum(), 6);
            Assert.All(answer.Probabilities, probability => Assert.InRange(probability, 0, 1));
            Assert.Equal(answer.Disposition == Disposition.Abstained, answer.Reason is not null);
            Assert.Equal(answer.Disposition != Disposition.Abstained, answer.Class is not null);
            Assert.Equal(answer.Disposition == Disposition.TargetTumor, answer.Carrying.Length > 0);
            Assert.True(answer.Disposition != Disposition.TargetTumor || 1 - answer.Probabilities[(int)TumorClass.NoTumor] >= Rule.ReportThreshold);
        }
    }

    private static SeriesAnswer Fold(string slices, double distance) => SeriesRule.Fold(Slices(slices, distance), Rule);

    // One letter a slice: n none, g glioma, m meningioma, p pituitary, each with 97 %; G glioma with 64 % against 30 % none.
    private static SliceEvidence[] Slices(string slices, double distance) => [.. slices.Select((letter, i) =>
    {
        double[] probabilities = [0.01, 0.01, 0.01, 0.01];
        probabilities["gmnp".IndexOf(char.ToLowerInvariant(letter), StringComparison.Ordinal)] = 0.97;
        return new SliceEvidence(i * distance, letter == 'G' ? [0.64, 0.03, 0.3, 0.03] : [.. probabilities], 100, 80);
    })];
}
