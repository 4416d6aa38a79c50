using BrainTumorDicom.Classification.Selection;
using BrainTumorDicom.Classification.Tests.Analysis;
using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Classification.Tests.Selection;

/// <summary>Which frames of an Enhanced MR image are analysed.</summary>
public sealed class EnhancedSelectionTests
{
    [Fact]
    public void Of_two_stacks_the_larger_is_analysed()
    {
        var selection = Select(Slices(32), (groups, frame) => groups.SetText(DicomTag.FrameContentSequence, DicomTag.StackID, frame < 12 ? "1" : "2"));

        Assert.Null(selection.Refusal);
        Assert.Equal(Enumerable.Range(13, 20), Frames(selection));
        Assert.Equal(["NOT-IN-STACK"], selection.LeftOut.Select(slice => slice.Reason.Code).Distinct());
    }

    [Fact]
    public void Stacks_in_two_planes_are_not_mixed()
    {
        var selection = Select(Slices(32), (groups, frame) =>
        {
            if (frame >= 20)
            {
                groups.SetNumbers(DicomTag.PlaneOrientationSequence, DicomTag.ImageOrientationPatient, 0, 1, 0, 0, 0, -1);
                groups.SetNumbers(DicomTag.PlanePositionSequence, DicomTag.ImagePositionPatient, (frame - 26) * 5, -96, 96);
            }
        });

        Assert.Equal(Enumerable.Range(1, 20), Frames(selection));
        Assert.Equal(12, selection.LeftOut.Length);
    }

    [Fact]
    public void Of_two_times_the_one_after_contrast_agent_is_analysed()
    {
        var selection = Select([.. Slices(20), .. Slices(20)], (groups, frame) =>
        {
            groups.SetNumbers(DicomTag.FrameContentSequence, DicomTag.TemporalPositionIndex, frame < 20 ? 1 : 2);
            groups.SetText(DicomTag.ContrastBolusUsageSequence, DicomTag.ContrastBolusAgentAdministered, frame < 20 ? "NO" : "YES");
        });

        Assert.Null(selection.Refusal);
        Assert.Equal(Enumerable.Range(21, 20), Frames(selection));
        Assert.All(selection.Stack, slice => Assert.True(slice.Header.HasContrastAgent));
    }

    [Fact]
    public void Many_times_are_a_time_series()
    {
        var selection = Select([.. Enumerable.Range(0, 4).SelectMany(_ => Slices(10))], (groups, frame) =>
            groups.SetNumbers(DicomTag.FrameContentSequence, DicomTag.TemporalPositionIndex, 1 + (frame / 10)));

        Assert.Equal("FUNCTIONAL", selection.Refusal?.Code);
        Assert.Equal(40, selection.LeftOut.Length);
    }

    [Fact]
    public void Of_two_contrasts_that_differ_in_nothing_else_T1_is_analysed()
    {
        var selection = Select([.. Slices(20), .. Slices(20)], (groups, frame) =>
            groups.SetText(DicomTag.MRImageFrameTypeSequence, DicomTag.AcquisitionContrast, frame < 20 ? "T2" : "T1"), description: "brain");

        Assert.Equal(Enumerable.Range(21, 20), Frames(selection));
        Assert.Equal(SequencePreference.T1, selection.Preference);
    }

    [Fact]
    public void Two_inversion_times_are_two_stacks()
    {
        var selection = Select([.. Slices(20), .. Slices(20)], (groups, frame) =>
            groups.SetNumbers(DicomTag.MRModifierSequence, DicomTag.InversionTimes, frame < 20 ? 700 : 2500));

        Assert.Null(selection.Refusal);
        Assert.Equal(20, selection.Stack.Select(slice => slice.Header.InversionTime).Count(time => time == 700));
    }

    [Theory]
    [InlineData("ORIGINAL", "PHASE", "PHASE")]
    [InlineData("DERIVED", "T1 MAP", "DERIVED")]
    [InlineData("DERIVED", "MIP", "DERIVED")]
    public void Frames_of_another_kind_are_left_out_and_an_image_of_nothing_else_is_refused(string origin, string kind, string code)
    {
        var mixed = Select(Slices(40), (groups, frame) => Type(groups, frame < 20 ? "ORIGINAL" : origin, frame < 20 ? "NONE" : kind));
        var alone = Select(Slices(40), (groups, _) => Type(groups, origin, kind));

        Assert.Null(mixed.Refusal);
        Assert.Equal(Enumerable.Range(1, 20), Frames(mixed));
        Assert.Equal([code], mixed.LeftOut.Select(slice => slice.Reason.Code).Distinct());
        Assert.Equal(code, alone.Refusal?.Code);
        Assert.Equal(40, alone.LeftOut.Length);

        static void Type(DicomDataset groups, string first, string fourth) =>
            groups.SetText(DicomTag.MRImageFrameTypeSequence, DicomTag.FrameType, first, "PRIMARY", "T1", fourth);
    }

    [Theory]
    [InlineData("DIFFUSION", "DIFFUSION")]
    [InlineData("PERFUSION", "PERFUSION")]
    [InlineData("TOF", "ANGIOGRAPHY")]
    [InlineData("TAGGING", "SEQUENCE")]
    [InlineData("T1", "")]
    public void Acquisition_contrast_decides(string contrast, string code)
    {
        var selection = Select(Slices(20), (groups, _) => groups.SetText(DicomTag.MRImageFrameTypeSequence, DicomTag.AcquisitionContrast, contrast));

        Assert.Equal(code, selection.Refusal?.Code ?? "");
    }

    [Fact]
    public void A_frame_s_own_anatomy_goes_before_that_of_the_image()
    {
        var selection = Select(Slices(40), (groups, frame) =>
        {
            var (anatomy, region) = (new DicomDataset(), new DicomDataset());
            region.Set(DicomTag.CodeMeaning, frame < 20 ? "Brain" : "Cervical spine");
            anatomy.SetSequence(DicomTag.AnatomicRegionSequence, region);
            groups.SetSequence(DicomTag.FrameAnatomySequence, anatomy);
        });

        Assert.Equal(Enumerable.Range(1, 20), Frames(selection));
        Assert.Equal(["BODY-PART"], selection.LeftOut.Select(slice => slice.Reason.Code).Distinct());
    }

    [Fact]
    public void A_diffusion_weighted_frame_makes_a_diffusion_image()
    {
        var selection = Select(Slices(20), (groups, frame) => groups.SetNumbers(DicomTag.MRDiffusionSequence, DicomTag.DiffusionBValue, frame == 3 ? 1000 : 0));

        Assert.Equal("DIFFUSION", selection.Refusal?.Code);
    }

    [Fact]
    public void A_gap_in_the_frames_is_missing_though_all_parts_are_there()
    {
        var parts = Slices(20).Enhanced().Split(10, 10);
        parts[1].Set(DicomTag.ConcatenationFrameOffsetNumber, 15);

        Assert.Equal(["frames 11 to 15 of a concatenation missing"], Concatenations.Missing(parts.Headers()));
        Assert.Empty(Concatenations.Missing(Slices(20).Enhanced().Split(10, 10).Headers()));
    }

    private static DicomDataset[] Slices(int count) => SyntheticSeries.Make(count, distance: 5);

    private static SeriesSelection Select(DicomDataset[] slices, Action<DicomDataset, int> change, string? description = null)
    {
        var image = slices.Enhanced(change);
        if (description is not null)
        {
            image.Set(DicomTag.SeriesDescription, description);
        }

        return InputGate.Select(((DicomDataset[])[image]).Headers());
    }

    private static IEnumerable<int> Frames(SeriesSelection selection) => selection.Stack.Select(slice => slice.Header.FrameNumber!.Value).Order();
}
