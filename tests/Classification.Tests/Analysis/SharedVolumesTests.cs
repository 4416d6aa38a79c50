using BrainTumorDicom.Classification.Analysis;
using BrainTumorDicom.Classification.Execution;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Classification.Model;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Classification.Tests.Analysis;

/// <summary>The shipped model and the rule on real series.</summary>
public sealed class SharedVolumesTests : IDisposable
{
    private readonly Classifier? classifier = ModelPackage.FindNewest(Path.Combine(SharedData.ProjectRoot, "models")) is { } folder
        ? Classifier.Load(ModelPackage.Load(folder), DeviceChoice.Cpu, threads: 2)
        : null;

    public void Dispose() => classifier?.Dispose();

    [SharedDataFact("volumes")]
    public void Heads_without_a_target_tumour_are_called_free_or_abstained_from_nearly_always()
    {
        var series = Directory.EnumerateDirectories(SharedData.Find("volumes")!)
            .Where(folder => !Path.GetFileName(folder).StartsWith("tumour", StringComparison.Ordinal))
            .SelectMany(folder => Analyze(folder).Series)
            .ToArray();

        // Fourteen series of nine heads.
        Assert.Equal(14, series.Length);
        var tumors = series.Where(one => one.Disposition == Disposition.TargetTumor).ToArray();
        Assert.InRange(tumors.Length, 0, 2);
        Assert.DoesNotContain(tumors, one => one.Class == TumorClass.Glioma);
        Assert.All(series, one => Assert.True(one.Disposition != Disposition.Refused, one.Reason?.ToString()));
    }

    [SharedDataFact("volumes")]
    public void An_enhancing_glioma_is_found_where_it_is()
    {
        var finding = Analyze(Path.Combine(SharedData.Find("volumes")!, "tumour-glioma-b1"));

        Assert.Equal(Disposition.TargetTumor, finding.Disposition);
        Assert.Equal(TumorClass.Glioma, finding.Class);

        // In the upper half of the head, on its left (the right of the picture).
        Assert.All(finding.DecidingSeries!.CarryingSlices.Take(3), slice => Assert.InRange(slice.PositionMillimetres!.Value, -10, 65));
        Assert.True(finding.DecidingSeries.CarryingSlices.Average(slice => slice.AttentionColumn) > 0.5);
    }

    [SharedDataFact("dicom")]
    public void A_melon_labelled_head_is_refused_or_abstained_from()
    {
        var finding = Analyze(Path.Combine(SharedData.Find("dicom")!, "series-ge-t1-irspgr"));

        Assert.Equal(Disposition.Refused, finding.Disposition);
        Assert.Equal("NOT-A-HEAD", finding.Reason?.Code);
    }

    [SharedDataFact("dicom")]
    public void Functional_series_localizers_spine_and_knee_are_refused_each_with_its_reason()
    {
        var functional = Analyze(Path.Combine(SharedData.Find("dicom")!, "series-epi-non-structural"));
        var localizers = Analyze(Path.Combine(SharedData.Find("dicom")!, "localizers"));

        Assert.Equal("FUNCTIONAL", functional.Reason?.Code);
        Assert.All(functional.Series, series => Assert.Equal("FUNCTIONAL", series.Reason?.Code));
        Assert.Equal(Disposition.Refused, localizers.Disposition);
        Assert.Equal(
            ["BODY-PART", "BODY-PART", "LOCALIZER", "LOCALIZER", "LOCALIZER"],
            localizers.Series.Select(series => series.Reason!.Code).Order(StringComparer.Ordinal));
    }

    [SharedDataFact("dicom")]
    public void Nothing_among_the_test_files_makes_the_analysis_fail()
    {
        var finding = Analyze(SharedData.Find("dicom")!, except: "series-");

        Assert.DoesNotContain(finding.Series, series => series.Disposition is Disposition.Error or Disposition.TargetTumor);
        Assert.All(finding.Series, series => Assert.NotNull(series.Reason));
    }

    private Finding Analyze(string folder, string except = "\0")
    {
        Assert.SkipWhen(classifier is null, "no model in models/ yet");
        var sources = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => !file.Contains(except, StringComparison.Ordinal))
            .Select(file => new InstanceSource(file, () => DicomFile.Read(file), () => DicomFile.ReadHeader(File.ReadAllBytes(file))))
            .ToArray();
        return new StudyAnalyzer(classifier, TimeProvider.System).Analyze("1", sources, complete: true, "", TestContext.Current.CancellationToken);
    }
}
