using System.Text.Json;
using BrainTumorDicom.Classification.Findings;

namespace BrainTumorDicom.Reports.Json;

/// <summary>finding.json and the lines of <c>classify --json</c>: the contract's field names and values.</summary>
public sealed class FindingJsonTests
{
    [Fact]
    public void A_series_line_has_the_fields_of_the_contract_on_one_line()
    {
        var finding = Findings.Of(TumorClass.Meningioma);

        var line = FindingJson.SeriesLine("scans/one", finding, finding.Series[0]);

        Assert.DoesNotContain('\n', line);
        var json = JsonDocument.Parse(line).RootElement;
        Assert.Equal("scans/one", json.GetProperty("path").GetString());
        Assert.Equal(Findings.Study, json.GetProperty("study").GetString());
        Assert.Equal(Findings.Series, json.GetProperty("series").GetString());
        Assert.Equal("target-tumor", json.GetProperty("disposition").GetString());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("reason").ValueKind);
        Assert.Equal("meningioma", json.GetProperty("class").GetString());
        Assert.Equal(["glioma", "meningioma", "notumor", "pituitary"], json.GetProperty("probabilities").EnumerateObject().Select(p => p.Name));
        Assert.Equal(0.9412, json.GetProperty("probabilities").GetProperty("meningioma").GetDouble());
        Assert.Equal(24, json.GetProperty("sliceCount").GetInt32());
        Assert.Equal(22, json.GetProperty("analysedSliceCount").GetInt32());
        Assert.Equal(finding.Series[0].CarryingSlices.Select(s => s.SopInstanceUid), json.GetProperty("carryingSlices").EnumerateArray().Select(s => s.GetString()));
    }

    [Fact]
    public void Frames_that_carry_the_answer_are_named_with_their_image()
    {
        var finding = Findings.OfFrames(TumorClass.Glioma);

        var line = JsonDocument.Parse(FindingJson.SeriesLine("p", finding, finding.Series[0])).RootElement;
        var study = JsonDocument.Parse(FindingJson.WriteStudy(finding, revision: 1)).RootElement;

        Assert.Equal(Findings.Series + ".1", Assert.Single(line.GetProperty("carryingSlices").EnumerateArray()).GetString());
        Assert.All([line, study], json => Assert.Equal(
            finding.Series[0].CarryingSlices.Select(slice => (slice.SopInstanceUid, slice.FrameNumber!.Value)),
            json.GetProperty("carryingFrames").EnumerateArray().Select(frame => (frame.GetProperty("instance").GetString()!, frame.GetProperty("frame").GetInt32()))));
        var single = Findings.Of(TumorClass.Glioma);
        Assert.False(JsonDocument.Parse(FindingJson.SeriesLine("p", single, single.Series[0])).RootElement.TryGetProperty("carryingFrames", out _));
    }

    [Theory]
    [InlineData(Disposition.Abstained, "abstained")]
    [InlineData(Disposition.Refused, "refused")]
    [InlineData(Disposition.Error, "error")]
    public void A_series_without_an_answer_says_why(Disposition disposition, string name)
    {
        var finding = Findings.Without(disposition, new FindingReason("NOT-MR", "The series is not MR", "Modality CT"));

        var json = JsonDocument.Parse(FindingJson.SeriesLine("p", finding, finding.Series[0])).RootElement;

        Assert.Equal(name, json.GetProperty("disposition").GetString());
        Assert.Equal("NOT-MR", json.GetProperty("reason").GetString());
        Assert.Equal("The series is not MR", json.GetProperty("reasonMeaning").GetString());
        Assert.Equal("Modality CT", json.GetProperty("reasonDetail").GetString());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("class").ValueKind);
        Assert.Empty(json.GetProperty("carryingSlices").EnumerateArray());
        Assert.Equal(disposition == Disposition.Abstained ? JsonValueKind.Object : JsonValueKind.Null, json.GetProperty("probabilities").ValueKind);
    }

    [Fact]
    public void The_study_file_has_the_same_fields_with_every_series_and_slice_below()
    {
        var finding = Findings.Of(TumorClass.Pituitary);

        var json = JsonDocument.Parse(FindingJson.WriteStudy(finding, revision: 2)).RootElement;

        var line = JsonDocument.Parse(FindingJson.SeriesLine("p", finding, finding.DecidingSeries)).RootElement;
        foreach (var field in line.EnumerateObject().Where(field => field.Name != "path"))
        {
            Assert.Equal(field.Value.GetRawText().Replace(" ", ""), json.GetProperty(field.Name).GetRawText().Replace(" ", "").Replace("\n", ""), ignoreWhiteSpaceDifferences: true);
        }

        Assert.Equal(2, json.GetProperty("revision").GetInt32());
        var slices = json.GetProperty("seriesFindings")[0].GetProperty("slices");
        Assert.Equal(24, slices.GetArrayLength());
        Assert.Equal("EDGE-OF-HEAD", slices[0].GetProperty("leftOut").GetString());
        Assert.Equal(0.9, slices[5].GetProperty("probabilities").GetProperty("pituitary").GetDouble());
    }

    [Fact]
    public void A_study_of_which_no_series_is_known_still_gives_a_file()
    {
        var finding = Findings.Without(Disposition.Error, new FindingReason("NO-SERIES", "No series could be read")) with { Series = [], DecidingSeries = null };

        var json = JsonDocument.Parse(FindingJson.WriteStudy(finding, revision: 1)).RootElement;

        Assert.Equal("error", json.GetProperty("disposition").GetString());
        Assert.Equal("NO-SERIES", json.GetProperty("reason").GetString());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("series").ValueKind);
    }

    [Fact]
    public void An_image_line_names_the_file_and_its_leading_class()
    {
        var line = FindingJson.ImageLine("a \"b\".png", Disposition.TargetTumor, null, Findings.Vector(TumorClass.Glioma, 0.7));

        var json = JsonDocument.Parse(line).RootElement;
        Assert.Equal("a \"b\".png", json.GetProperty("file").GetString());
        Assert.Equal("glioma", json.GetProperty("class").GetString());
        Assert.Equal(0.1, json.GetProperty("probabilities").GetProperty("notumor").GetDouble());
        Assert.False(json.TryGetProperty("instance", out _));
    }

    [Fact]
    public void A_slice_line_also_names_the_instance()
    {
        var json = JsonDocument.Parse(FindingJson.ImageLine("1.dcm", Disposition.NoTargetTumor, null, Findings.Vector(TumorClass.NoTumor, 0.7), "1.2.3", 4)).RootElement;

        Assert.Equal("1.2.3", json.GetProperty("instance").GetString());
        Assert.Equal(4, json.GetProperty("frame").GetInt32());
        Assert.Equal("notumor", json.GetProperty("class").GetString());
    }
}
