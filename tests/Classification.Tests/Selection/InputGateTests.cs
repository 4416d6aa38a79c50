using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Classification.Selection;
using BrainTumorDicom.Classification.Tests.Analysis;
using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Classification.Tests.Selection;

public sealed class InputGateTests
{
    /// <summary>A header, and the code it is refused with; empty when it is accepted.</summary>
    public static TheoryData<string, string, string> Headers => new()
    {
        { "Modality", "CT", "NOT-MR" },
        { "SOPClassUID", "1.2.840.10008.5.1.4.1.1.66", "NOT-MR" },
        { "ImageType", @"ORIGINAL\PRIMARY\LOCALIZER", "LOCALIZER" },
        { "SeriesDescription", "3-PLANE LOC", "LOCALIZER" },
        { "SeriesDescription", "Survey_MST", "LOCALIZER" },
        { "SeriesDescription", "T/S/C RF FAST PILOT", "LOCALIZER" },
        { "SeriesDescription", "T1 local recon", "" },
        { "ImageType", @"DERIVED\SECONDARY\MPR\CSA MPR", "DERIVED" },
        { "ImageType", @"DERIVED\SECONDARY\PROJECTION IMAGE", "DERIVED" },
        { "ImageType", @"ORIGINAL\PRIMARY\MPR", "" },
        { "ImageType", @"DERIVED\SECONDARY\OTHER", "" },
        { "ImageType", @"ORIGINAL\SECONDARY", "" },
        { "ImageType", @"ORIGINAL\PRIMARY\M\ND\ECHO_00\MOSAIC", "FUNCTIONAL" },
        { "NumberOfTemporalPositions", "10", "FUNCTIONAL" },
        { "NumberOfTemporalPositions", "1", "" },
        { "SeriesDescription", "rs-fMRI BOLD", "FUNCTIONAL" },
        { "SequenceName", "epfid2d1_72", "FUNCTIONAL" },
        { "DiffusionBValue", "1000", "DIFFUSION" },
        { "DiffusionBValue", "0", "" },
        { "ImageType", @"DERIVED\PRIMARY\DIFFUSION\ADC", "DIFFUSION" },
        { "SeriesDescription", "ep2d_diff_3scan", "DIFFUSION" },
        { "ImageType", @"ORIGINAL\PRIMARY\PERFUSION\NONE", "PERFUSION" },
        { "SeriesDescription", "DSC perfusion", "PERFUSION" },
        { "ImageType", @"ORIGINAL\PRIMARY\P\ND", "PHASE" },
        { "ImageType", @"ORIGINAL\PRIMARY\M_FFE\M\FFE", "" },
        { "ComplexImageComponent", "MIXED", "PHASE" },
        { "SeriesDescription", "gre field mapping", "PHASE" },
        { "AngioFlag", "Y", "ANGIOGRAPHY" },
        { "SeriesDescription", "TOF 3D multi-slab", "ANGIOGRAPHY" },
        { "SeriesDescription", "Mag_Images SWI", "SEQUENCE" },
        { "ScanningSequence", "EP", "SEQUENCE" },
        { "BodyPartExamined", "LSPINE", "BODY-PART" },
        { "BodyPartExamined", "SPINE", "BODY-PART" },
        { "BodyPartExamined", "KNEE", "BODY-PART" },
        { "BodyPartExamined", "Brain", "" },
        { "SeriesDescription", "T2 sag c-spine", "BODY-PART" },
        { "SeriesDescription", "T1 hippocampus Philips", "" },
        { "SamplesPerPixel", "3", "COLOR" },
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public void A_header_decides(string keyword, string value, string code)
    {
        var series = SyntheticSeries.Make(change: (dataset, _) =>
        {
            if (int.TryParse(value, out var number))
            {
                dataset.Set(DicomTag.Parse(keyword), number);
            }
            else
            {
                dataset.Set(DicomTag.Parse(keyword), value.Split('\\'));
            }
        });

        var selection = InputGate.Select(series.Headers());

        Assert.Equal(code, selection.Refusal?.Code ?? "");
        Assert.Equal(code.Length == 0 ? 20 : 0, selection.Stack.Length);
        Assert.Equal(20, selection.Stack.Length + selection.LeftOut.Length);
    }

    [Theory]
    [InlineData("t1sagknee", "", "BODY-PART")]
    [InlineData("", "abdomen^liver", "BODY-PART")]
    [InlineData("", "Brain-MRA", "")]
    [InlineData("brain", "Carotids", "")]
    [InlineData("", "", "")]
    public void An_unknown_body_part_is_judged_by_the_descriptions(string protocol, string study, string code)
    {
        var series = SyntheticSeries.Make(change: (dataset, _) =>
        {
            dataset.Remove(DicomTag.BodyPartExamined);
            dataset.Set(DicomTag.ProtocolName, protocol);
            dataset.Set(DicomTag.StudyDescription, study);
        });

        Assert.Equal(code, InputGate.Select(series.Headers()).Refusal?.Code ?? "");
    }

    [Fact]
    public void One_weighted_slice_makes_a_diffusion_series()
    {
        var series = SyntheticSeries.Make(change: (dataset, i) => dataset.Set(DicomTag.DiffusionBValue, i == 7 ? 1000.0 : 0));

        Assert.Equal("DIFFUSION", InputGate.Select(series.Headers()).Refusal?.Code);
    }

    [Fact]
    public void A_report_of_our_own_is_known_as_such()
    {
        var series = SyntheticSeries.Make(1, change: (dataset, _) =>
        {
            dataset.Set(DicomTag.SOPClassUID, DicomUid.Comprehensive3DSRStorage.Value);
            dataset.Set(DicomTag.Modality, "SR");
            dataset.Set(DicomTag.Manufacturer, OwnEquipment.Manufacturer);
            dataset.Set(DicomTag.ManufacturerModelName, OwnEquipment.ModelName);
        });

        Assert.Equal("OWN-RESULT", InputGate.Select(series.Headers()).Refusal?.Code);
    }

    [Fact]
    public void Seven_slices_are_too_few()
    {
        Assert.Equal("TOO-FEW-SLICES", InputGate.Select(SyntheticSeries.Make(7).Headers()).Refusal?.Code);
        Assert.Null(InputGate.Select(SyntheticSeries.Make(8).Headers()).Refusal);
    }

    [Fact]
    public void Three_planes_of_a_few_slices_are_a_localizer()
    {
        double[][] planes = [[1, 0, 0, 0, 1, 0], [0, 1, 0, 0, 0, -1], [1, 0, 0, 0, 0, -1]];
        var series = SyntheticSeries.Make(15, change: (dataset, i) =>
        {
            dataset.Set(DicomTag.ImageOrientationPatient, planes[i % 3]);
            dataset.Set(DicomTag.ImagePositionPatient, i, i, (double)i);
        });

        Assert.Equal("LOCALIZER", InputGate.Select(series.Headers()).Refusal?.Code);
    }

    [Fact]
    public void Slices_without_a_place_form_no_stack()
    {
        var series = SyntheticSeries.Make(change: (dataset, _) => dataset.Remove(DicomTag.ImagePositionPatient));

        Assert.Equal("GEOMETRY", InputGate.Select(series.Headers()).Refusal?.Code);
    }

    [Fact]
    public void Every_slice_turned_another_way_forms_no_stack()
    {
        var series = SyntheticSeries.Make(change: (dataset, i) => dataset.Set(
            DicomTag.ImageOrientationPatient, Math.Cos(i * 0.15), Math.Sin(i * 0.15), 0, 0, 0, -1));

        var refusal = InputGate.Select(series.Headers()).Refusal;

        Assert.True(refusal?.Code is "GEOMETRY" or "LOCALIZER", refusal?.Code);
    }

    [Fact]
    public void The_same_positions_again_and_again_are_a_time_series()
    {
        var series = SyntheticSeries.Make(40, change: (dataset, i) => dataset.Set(DicomTag.ImagePositionPatient, -96, -96, (i % 10) * 6.0));

        Assert.Equal("FUNCTIONAL", InputGate.Select(series.Headers()).Refusal?.Code);
    }

    [Fact]
    public void Of_two_echoes_the_shorter_is_analysed_and_the_other_left_out()
    {
        var series = SyntheticSeries.Make(40, change: (dataset, i) =>
        {
            dataset.Set(DicomTag.ImagePositionPatient, -96, -96, (i / 2) * 6.0);
            dataset.Set(DicomTag.EchoTime, i % 2 == 0 ? 20.0 : 80.0);
        });

        var selection = InputGate.Select(series.Headers());

        Assert.Null(selection.Refusal);
        Assert.Equal(20, selection.Stack.Length);
        Assert.All(selection.Stack, slice => Assert.Equal(20, slice.Header.EchoTime));
        Assert.Equal("NOT-IN-STACK", Assert.Single(selection.LeftOut.Select(slice => slice.Reason.Code).Distinct()));
    }

    [Fact]
    public void A_repeated_slice_and_a_repeated_instance_are_left_out_as_such()
    {
        var series = SyntheticSeries.Make(20);
        var again = SyntheticSeries.Make(20, change: (dataset, i) => dataset.Set(DicomTag.SOPInstanceUID, DicomUid.FromName($"again {i}").Value))[3];

        var selection = InputGate.Select(((DicomDataset[])[.. series, again, series[5]]).Headers());

        Assert.Equal(20, selection.Stack.Length);
        Assert.Equal(["DUPLICATE", "DUPLICATE"], selection.LeftOut.Select(slice => slice.Reason.Code));
    }

    [Fact]
    public void The_order_of_arrival_does_not_matter()
    {
        var headers = SyntheticSeries.Make(30).Headers();
        var random = new Random(1);

        var stacks = Enumerable.Range(0, 5).Select(_ => InputGate.Select([.. headers.OrderBy(_ => random.Next())]).Stack.Select(slice => slice.Header.SopInstanceUid)).ToArray();

        Assert.All(stacks, stack => Assert.Equal(headers.Select(header => header.SopInstanceUid), stack));
    }

    [Fact]
    public void Frames_of_an_enhanced_instance_are_its_slices()
    {
        var series = SyntheticSeries.Make(1, change: (dataset, _) =>
        {
            dataset.Set(DicomTag.SOPClassUID, DicomUid.EnhancedMRImageStorage.Value);
            dataset.Set(DicomTag.NumberOfFrames, 12);
            dataset.Remove(DicomTag.ImagePositionPatient);
            dataset.Remove(DicomTag.ImageOrientationPatient);
            dataset.SetSequence(DicomTag.SharedFunctionalGroupsSequence, Item(DicomTag.PlaneOrientationSequence, DicomTag.ImageOrientationPatient, 1, 0, 0, 0, 1, 0));
            dataset.SetSequence(
                DicomTag.PerFrameFunctionalGroupsSequence,
                [.. Enumerable.Range(0, 12).Select(i => Item(DicomTag.PlanePositionSequence, DicomTag.ImagePositionPatient, 0, 0, -5.0 * i))]);
        });

        var selection = InputGate.Select(series.Headers());

        Assert.Null(selection.Refusal);
        Assert.Equal(Enumerable.Range(1, 12).Reverse(), selection.Stack.Select(slice => slice.Header.FrameNumber!.Value));
        Assert.Equal(-55, selection.Stack[0].Position);
    }

    [Fact]
    public void Values_that_are_no_numbers_count_as_absent()
    {
        var series = SyntheticSeries.Make(change: (dataset, _) => dataset.SetBytes(DicomTag.EchoTime, DicomVr.DS, "fast"u8.ToArray()));

        Assert.Null(InputGate.Select(series.Headers()).Refusal);
    }

    [Theory]
    [InlineData("T1 SE POST", SequencePreference.T1WithContrast)]
    [InlineData("t1_mprage_sag", SequencePreference.T1)]
    [InlineData("T1 MPRAGE +C", SequencePreference.T1WithContrast)]
    [InlineData("study1_T2W", SequencePreference.T2)]
    [InlineData("T2 FLAIR", SequencePreference.Flair)]
    [InlineData("FSE PD AXIAL", SequencePreference.Other)]
    [InlineData("AXIAL HEAD", SequencePreference.Unknown)]
    public void The_weighting_is_read_from_the_description(string description, object preference)
    {
        var series = SyntheticSeries.Make(change: (dataset, _) => dataset.Set(DicomTag.SeriesDescription, description));

        Assert.Equal(preference, InputGate.Select(series.Headers()).Preference);
    }

    [Fact]
    public void Codes_and_meanings_fit_their_value_representations()
    {
        Assert.Equal(ReasonCodes.All.Length, ReasonCodes.All.Select(reason => reason.Code).Distinct().Count());
        Assert.All(ReasonCodes.All, reason => Assert.Matches("^[A-Z0-9-]{1,16}$", reason.Code));
        Assert.All(ReasonCodes.All, reason => Assert.InRange(reason.Meaning.Length, 1, 64));
        Assert.Equal(typeof(ReasonCodes).GetProperties().Count(property => property.PropertyType == typeof(FindingReason)), ReasonCodes.All.Length);
    }

    private static DicomDataset Item(DicomTag macro, DicomTag tag, params double[] values)
    {
        var inner = new DicomDataset();
        inner.Set(tag, values);
        var item = new DicomDataset();
        item.SetSequence(macro, inner);
        return item;
    }
}
