using BrainTumorDicom.Classification.Analysis;
using BrainTumorDicom.Classification.Execution;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Classification.Model;
using BrainTumorDicom.Classification.Tests.Model;
using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Classification.Tests.Analysis;

public sealed class StudyAnalyzerTests : IDisposable
{
    // With the tiny model a spot of full brightness is a glioma, a pale one is none.
    private const int White = 1200;
    private const int Pale = 700;

    private readonly string folder = Directory.CreateTempSubdirectory("btd-analyzer-").FullName;
    private readonly Classifier classifier;

    public StudyAnalyzerTests() => classifier = Classifier.Load(TinyModel.Write(folder, gateThreshold: 1000), DeviceChoice.Cpu, threads: 1);

    public void Dispose()
    {
        classifier.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_spot_on_neighbouring_slices_is_found_and_its_slices_carry_it()
    {
        var finding = Analyze(Spotted().Sources());

        Assert.Equal(Disposition.TargetTumor, finding.Disposition);
        Assert.Equal(TumorClass.Glioma, finding.Class);
        var series = Assert.Single(finding.Series);
        Assert.Same(series, finding.DecidingSeries);
        Assert.Equal(20, series.Slices.Length);
        Assert.Equal([9, 10, 11, 12], series.CarryingSlices.Select(slice => slice.InstanceNumber).Order());
        Assert.All(series.CarryingSlices, slice => Assert.InRange(slice.AttentionColumn, 0.55, 0.85));
        Assert.True(finding.Complete);
        Assert.Equal(SeriesFinding.KnownWeighting, series.Weighting);
        Assert.Equal("CPU", finding.Model.ExecutionProvider);
        Assert.Equal(classifier.Package.Manifest.Sha256, finding.Model.Sha256);
    }

    [Fact]
    public void Slices_at_the_ends_of_the_head_are_left_out()
    {
        var series = Assert.Single(Analyze(Spotted().Sources()).Series);

        var left = series.Slices.Where(slice => slice.LeftOut is not null).ToArray();
        Assert.NotEmpty(left);
        Assert.All(left, slice => Assert.Equal("EDGE-OF-HEAD", slice.LeftOut!.Code));
        Assert.All(left, slice => Assert.True(slice.InstanceNumber is < 6 or > 15));
        Assert.Equal(20 - left.Length, series.AnalysedSliceCount);
    }

    [Fact]
    public void The_order_of_arrival_does_not_change_the_finding()
    {
        var sources = Spotted().Sources();
        var random = new Random(3);
        var expected = Analyze(sources);

        for (var n = 0; n < 4; n++)
        {
            var finding = Analyze([.. sources.OrderBy(_ => random.Next())]);

            Assert.Equal(expected.Class, finding.Class);
            Assert.Equal(expected.Probabilities, finding.Probabilities);
            Assert.Equal(expected.Series[0].Slices.Select(slice => slice.SopInstanceUid), finding.Series[0].Slices.Select(slice => slice.SopInstanceUid));
            Assert.Equal(expected.Series[0].CarryingSlices.Select(slice => slice.SopInstanceUid), finding.Series[0].CarryingSlices.Select(slice => slice.SopInstanceUid));
        }
    }

    [Fact]
    public void A_spot_on_one_slice_is_none()
    {
        var finding = Analyze(SyntheticSeries.Make(spot: i => i == 10 ? White : Pale).Sources());

        Assert.Equal(Disposition.NoTargetTumor, finding.Disposition);
        Assert.Equal(TumorClass.NoTumor, finding.Class);
    }

    [Theory]
    [InlineData("T1 SE POST", Disposition.NoTargetTumor)]
    [InlineData("T2 FLAIR", Disposition.Abstained)]
    [InlineData("T2 TSE", Disposition.Abstained)]
    [InlineData("AXIAL HEAD", Disposition.Abstained)]
    public void Without_evidence_a_weighting_in_which_tumours_are_missed_is_abstained_from(string description, Disposition expected)
    {
        var own = Directory.CreateDirectory(Path.Combine(folder, "weighting")).FullName;
        using var sensitive = Classifier.Load(
            TinyModel.Write(own, gateThreshold: 1000, new SeriesRuleParameters { SensitiveWeightings = ["t1-contrast", "t1"] }), DeviceChoice.Cpu, threads: 1);
        var analyzer = new StudyAnalyzer(sensitive, TimeProvider.System);

        var free = analyzer.Analyze("1", Named(_ => Pale), complete: true, "", CancellationToken.None);
        var tumor = analyzer.Analyze("1", Named(i => i is > 7 and < 12 ? White : Pale), complete: true, "", CancellationToken.None);

        Assert.Equal(expected, free.Disposition);
        Assert.Equal(expected == Disposition.Abstained ? "WEIGHTING" : null, free.Reason?.Code);
        Assert.Equal(Disposition.TargetTumor, tumor.Disposition);

        InstanceSource[] Named(Func<int, int> spot) =>
            SyntheticSeries.Make(change: (dataset, _) => dataset.Set(DicomTag.SeriesDescription, description), spot: spot).Sources();
    }

    [Fact]
    public void An_instance_that_cannot_be_read_makes_the_study_incomplete_and_no_more()
    {
        var sources = Spotted().Sources();
        var broken = new InstanceSource("broken", () => throw new IOException("gone"));

        var finding = Analyze([sources[0], broken, .. sources[1..]]);

        Assert.Equal(Disposition.TargetTumor, finding.Disposition);
        Assert.False(finding.Complete);
        Assert.Contains("1 instances could not be read (gone)", finding.IncompleteReason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_instance_with_too_few_pixels_is_left_out_with_its_reason()
    {
        var datasets = Spotted();
        datasets[4].SetBytes(DicomTag.PixelData, DicomVr.OW, new byte[100]);

        var series = Assert.Single(Analyze(datasets.Sources()).Series);

        Assert.Equal(Disposition.TargetTumor, series.Disposition);
        var unreadable = Assert.Single(series.Slices, slice => slice.LeftOut?.Code == "UNREADABLE");
        Assert.Equal(5, unreadable.InstanceNumber);
    }

    [Fact]
    public void A_header_that_can_be_read_decides_though_the_pixels_are_damaged()
    {
        var spine = SyntheticSeries.Make(1, change: (dataset, _) => dataset.Set(DicomTag.BodyPartExamined, "SPINE")).Sources()[0];

        var finding = Analyze([spine with { Read = () => throw new IOException("cut off"), ReadHeader = spine.Read }]);

        Assert.Equal("BODY-PART", finding.Reason?.Code);
        Assert.Equal("BODY-PART", Assert.Single(finding.Series).Reason?.Code);
    }

    [Fact]
    public void A_study_of_nothing_readable_is_refused()
    {
        var broken = new InstanceSource("broken", () => throw new InvalidDataException("no DICOM"));

        Assert.Equal("UNREADABLE", Analyze([broken]).Reason?.Code);
        Assert.Equal("NO-SERIES", Analyze([]).Reason?.Code);
    }

    [Fact]
    public void A_blank_series_shows_no_head()
    {
        var datasets = SyntheticSeries.Make(change: (dataset, _) => dataset.SetBytes(DicomTag.PixelData, DicomVr.OW, new byte[64 * 64 * 2]));

        var finding = Analyze(datasets.Sources());

        Assert.Equal(Disposition.Refused, finding.Disposition);
        Assert.Equal("NOT-A-HEAD", finding.Reason?.Code);
    }

    [Fact]
    public void A_bright_rind_around_nothing_is_no_head()
    {
        var rind = SyntheticSeries.Make(change: (dataset, _) =>
        {
            var pixels = dataset.GetBytes(DicomTag.PixelData).ToArray();
            for (var i = 0; i < 64 * 64; i++)
            {
                var (y, x) = ((i / 64) - 31.5, (i % 64) - 31.5);
                if (pixels[(2 * i) + 1] + pixels[2 * i] > 0)
                {
                    BitConverter.TryWriteBytes(pixels.AsSpan(2 * i), (ushort)((y * y) + (x * x) < 400 ? 20 : 1000));
                }
            }

            dataset.SetBytes(DicomTag.PixelData, DicomVr.OW, pixels);
        });

        var finding = Analyze(rind.Sources());

        Assert.Equal(Disposition.Refused, finding.Disposition);
        Assert.Equal("NOT-A-HEAD", finding.Reason?.Code);
        Assert.Contains("no brain", finding.Reason!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Features_unlike_the_training_data_are_abstained_from()
    {
        var strict = Directory.CreateDirectory(Path.Combine(folder, "strict")).FullName;
        using var own = Classifier.Load(TinyModel.Write(strict, gateThreshold: 0.01), DeviceChoice.Cpu, threads: 1);

        var finding = new StudyAnalyzer(own, TimeProvider.System).Analyze("1.2", Spotted().Sources(), true, "", TestContext.Current.CancellationToken);

        Assert.Equal(Disposition.Abstained, finding.Disposition);
        Assert.Equal("UNLIKE-TRAINING", finding.Reason?.Code);
        Assert.Null(finding.Class);
    }

    [Fact]
    public void Of_several_series_each_is_listed_and_the_best_known_decides()
    {
        var localizer = SyntheticSeries.Make(3, seed: "loc", change: (dataset, _) => dataset.Set(DicomTag.SeriesDescription, "localizer"));
        var t2 = SyntheticSeries.Make(20, seed: "t2", spot: _ => Pale, change: (dataset, _) => dataset.Set(DicomTag.SeriesDescription, "T2"));

        var finding = Analyze([.. t2.Sources(), .. localizer.Sources(), .. Spotted().Sources()]);

        Assert.Equal(3, finding.Series.Length);
        Assert.Equal(TumorClass.Glioma, finding.Class);
        Assert.Equal(DicomUid.FromName("a").Value, finding.DecidingSeries?.SeriesInstanceUid);
        Assert.Equal(["LOCALIZER"], finding.Series.Select(series => series.Reason?.Code).OfType<string>());
    }

    [Fact]
    public void A_tumour_that_an_equal_series_does_not_show_is_abstained_from()
    {
        var without = SyntheticSeries.Make(seed: "b", spot: _ => Pale);

        var finding = Analyze([.. without.Sources(), .. Spotted().Sources()]);

        Assert.Equal(Disposition.Abstained, finding.Disposition);
        Assert.Equal("CONTRADICTING", finding.Reason?.Code);
        Assert.Null(finding.Class);
    }

    [Fact]
    public void Incompleteness_is_passed_on_with_its_reason()
    {
        var finding = new StudyAnalyzer(classifier, TimeProvider.System)
            .Analyze("1.2", Spotted().Sources(), complete: false, "the connection was lost", TestContext.Current.CancellationToken);

        Assert.False(finding.Complete);
        Assert.Equal("the connection was lost", finding.IncompleteReason);
    }

    private static DicomDataset[] Spotted() => SyntheticSeries.Make(spot: i => i is >= 8 and < 12 ? White : Pale);

    private Finding Analyze(InstanceSource[] sources) =>
        new StudyAnalyzer(classifier, TimeProvider.System).Analyze("1.2", sources, complete: true, "", TestContext.Current.CancellationToken);
}
