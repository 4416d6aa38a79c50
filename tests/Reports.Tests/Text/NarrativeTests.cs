using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Reports.Text;

namespace BrainTumorDicom.Reports;

public sealed class NarrativeTests
{
    [Theory]
    [InlineData("", false)]
    [InlineData(SeriesFinding.KnownWeighting, false)]
    [InlineData("T2", true)]
    public void A_series_of_another_weighting_than_the_model_knows_is_said_to_be_one(string weighting, bool said)
    {
        var finding = Findings.Of(TumorClass.NoTumor);
        var inputs = Narrative.Inputs(finding with { DecidingSeries = finding.DecidingSeries! with { Weighting = weighting } });

        Assert.Equal(said, inputs.Contains("Weighting of the series: T2; the algorithm was trained mostly on T1 with contrast agent", StringComparison.Ordinal));
        Assert.Equal(said, inputs.Contains("Weighting", StringComparison.Ordinal));
    }
}
