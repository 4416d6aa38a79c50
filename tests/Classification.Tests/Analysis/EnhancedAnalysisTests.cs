using BrainTumorDicom.Classification.Analysis;
using BrainTumorDicom.Classification.Execution;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Classification.Tests.Model;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Classification.Tests.Analysis;

/// <summary>Enhanced MR images say the same as the single-frame series they were made from.</summary>
public sealed class EnhancedAnalysisTests : IDisposable
{
    private const int White = 1200;
    private const int Pale = 700;

    private readonly string folder = Directory.CreateTempSubdirectory("btd-enhanced-").FullName;
    private readonly Classifier classifier;

    public EnhancedAnalysisTests() => classifier = Classifier.Load(TinyModel.Write(folder, gateThreshold: 1000), DeviceChoice.Cpu, threads: 1);

    public void Dispose()
    {
        classifier.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void One_image_answers_as_its_slices_do_and_its_frames_carry_it()
    {
        var expected = Analyze(Spotted());

        var finding = Analyze(Spotted().Enhanced());

        AssertSame(expected, finding);
        Assert.All(finding.DecidingSeries!.CarryingSlices, slice => Assert.Equal(DicomUid.EnhancedMRImageStorage.Value, slice.SopClassUid));
        Assert.Equal([9, 10, 11, 12], finding.DecidingSeries!.CarryingSlices.Select(slice => slice.FrameNumber!.Value).Order());
    }

    [Fact]
    public void Frames_in_any_order_are_put_in_that_of_their_positions()
    {
        var slices = Spotted();
        var shuffled = Enumerable.Range(0, slices.Length).OrderBy(i => i * 7 % 20).ToArray();

        var finding = Analyze(shuffled.Select(i => slices[i]).ToArray().Enhanced());

        AssertSame(Analyze(slices), finding);
        Assert.Equal([8, 9, 10, 11], finding.DecidingSeries!.CarryingSlices.Select(slice => shuffled[slice.FrameNumber!.Value - 1]).Order());
        Assert.Equal(Enumerable.Range(0, 20), finding.DecidingSeries!.Slices.Select(slice => shuffled[slice.FrameNumber!.Value - 1]));
    }

    [Fact]
    public void Each_frame_has_its_own_rescale()
    {
        // Stored values of every other frame are halved and shifted; its slope and intercept undo it.
        var slices = Spotted();
        var expected = Analyze(slices);
        foreach (var slice in slices.Where((_, i) => i % 2 == 1))
        {
            var pixels = slice.GetBytes(DicomTag.PixelData).ToArray();
            for (var i = 0; i < pixels.Length; i += 2)
            {
                BitConverter.TryWriteBytes(pixels.AsSpan(i), (ushort)((BitConverter.ToUInt16(pixels, i) / 2) + 10));
            }

            slice.SetBytes(DicomTag.PixelData, DicomVr.OW, pixels);
        }

        var finding = Analyze(slices.Enhanced((groups, frame) =>
        {
            groups.SetNumbers(DicomTag.PixelValueTransformationSequence, DicomTag.RescaleSlope, frame % 2 == 1 ? 2 : 1);
            groups.SetNumbers(DicomTag.PixelValueTransformationSequence, DicomTag.RescaleIntercept, frame % 2 == 1 ? -20 : 0);
        }));

        AssertSame(expected, finding);
    }

    [Fact]
    public void Phase_frames_beside_magnitude_are_left_out_and_nothing_else_changes()
    {
        DicomDataset[] both = [.. Spotted(), .. SyntheticSeries.Make(spot: _ => 4000, seed: "phase")];

        var finding = Analyze(both.Enhanced((groups, frame) =>
            groups.SetText(DicomTag.MRImageFrameTypeSequence, DicomTag.ComplexImageComponent, frame < 20 ? "MAGNITUDE" : "PHASE")));

        AssertSame(Analyze(Spotted()), finding);
        Assert.Equal(Enumerable.Range(21, 20), finding.DecidingSeries!.Slices.Where(slice => slice.LeftOut?.Code == "PHASE").Select(slice => slice.FrameNumber!.Value).Order());
    }

    [Fact]
    public void Parts_of_a_concatenation_are_one_image_in_whatever_order_they_come()
    {
        var parts = Spotted().Enhanced().Split(9, 2, 9);

        foreach (var order in (int[][])[[0, 1, 2], [2, 0, 1], [1, 2, 0]])
        {
            var finding = Analyze([.. order.Select(i => parts[i])]);

            AssertSame(Analyze(Spotted()), finding);
            Assert.True(finding.Complete);
            Assert.Equal(
                [("part 0", 9), ("part 1", 1), ("part 1", 2), ("part 2", 1)],
                finding.DecidingSeries!.CarryingSlices
                    .Select(slice => (Enumerable.Range(0, 3).Select(i => $"part {i}").First(name => DicomUid.FromName(name).Value == slice.SopInstanceUid), slice.FrameNumber!.Value))
                    .Order());
        }
    }

    [Theory]
    [InlineData(1, true, "part 2 of 3 of a concatenation missing")]
    [InlineData(2, true, "part 3 of 3 of a concatenation missing")]
    [InlineData(0, false, "part 1 of 3 of a concatenation missing")]
    public void A_missing_part_is_said_and_is_no_error(int missing, bool hasTotal, string reason)
    {
        var parts = Spotted().Enhanced().Split(5, 5, 10).Where((_, i) => i != missing).ToArray();
        foreach (var part in parts.Where(_ => !hasTotal))
        {
            part.Remove(DicomTag.InConcatenationTotalNumber);
        }

        var finding = Analyze(parts);

        Assert.False(finding.Complete);
        Assert.Equal(reason, finding.IncompleteReason);
        Assert.NotEqual(Disposition.Error, finding.Disposition);
    }

    [Fact]
    public void An_image_that_came_whole_and_in_parts_is_analysed_once()
    {
        var whole = Spotted().Enhanced();

        var finding = Analyze([whole, .. whole.Split(10, 10)]);

        AssertSame(Analyze(Spotted()), finding);
        Assert.Equal(20, finding.DecidingSeries!.Slices.Count(slice => slice.LeftOut?.Code == "DUPLICATE"));
    }

    [Fact]
    public void Slices_of_a_large_image_are_read_from_it_once_opened()
    {
        var parts = Enumerable.Range(0, 20).OrderBy(i => i * 7 % 20).Select(i => Spotted()[i]).ToArray().Enhanced().Split(7, 7, 6);
        var reads = 0;
        InstanceSource[] sources = [.. parts.Sources().Select(source => source with { Read = () => { reads++; return source.Read(); }, ReadHeader = source.Read })];

        new StudyAnalyzer(classifier, TimeProvider.System).Analyze("1.2", sources, complete: true, "", TestContext.Current.CancellationToken);

        Assert.Equal(3, reads);
    }

    [SharedDataFact("dicom")]
    public void Real_enhanced_images_are_refused_with_their_reasons()
    {
        // Field maps with magnitude beside phase, labelled perfusion, single time points of echo planar imaging, a Raw Data object.
        (string File, string[] Codes)[] expected =
        [
            ("1901_WIP_3DpCASL_Raw.dcm", ["NOT-MR"]),
            ("1901_WIP_3DpCASL_real.dcm", ["PERFUSION", "PHASE"]),
            ("2001_WIP_fcMRI_Field_Mapping_e2_phMag.dcm", ["FUNCTIONAL", "PHASE"]),
            ("philips_IM_0027_fMAP.dcm", ["PHASE"]),
            ("siemens_xa10_6_1.dcm", ["SEQUENCE", "FUNCTIONAL"]),
            ("emri_small.dcm", ["GEOMETRY", "TOO-FEW-SLICES"]),
            ("fo_multiframe.dcm", ["NOT-MR"]),
        ];
        foreach (var (file, codes) in expected)
        {
            var path = Path.Combine(SharedData.Find("dicom")!, "enhanced-mr", file);
            var source = new InstanceSource(path, () => DicomFile.Read(path), () => DicomFile.ReadHeader(File.ReadAllBytes(path)));

            var finding = new StudyAnalyzer(classifier, TimeProvider.System).Analyze("1.2", [source], complete: true, "", TestContext.Current.CancellationToken);

            Assert.Equal((file, Disposition.Refused), (file, finding.Disposition));
            Assert.True(codes.Contains(finding.Reason!.Code), $"{file}: {finding.Reason}");
        }
    }

    private static DicomDataset[] Spotted() => SyntheticSeries.Make(spot: i => i is >= 8 and < 12 ? White : Pale);

    private static void AssertSame(Finding expected, Finding actual)
    {
        Assert.Equal(expected.Disposition, actual.Disposition);
        Assert.Equal(expected.Class, actual.Class);
        Assert.Equal(expected.Probabilities, actual.Probabilities);
        Assert.Equal(expected.DecidingSeries!.AnalysedSliceCount, actual.DecidingSeries!.AnalysedSliceCount);
        Assert.Equal(expected.DecidingSeries.CarryingSlices.Length, actual.DecidingSeries.CarryingSlices.Length);
    }

    private Finding Analyze(params DicomDataset[] datasets) =>
        new StudyAnalyzer(classifier, TimeProvider.System).Analyze("1.2", datasets.Sources(), complete: true, "", TestContext.Current.CancellationToken);
}
