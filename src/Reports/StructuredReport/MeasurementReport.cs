using System.Collections.Immutable;
using System.Globalization;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Reports.Codes;
using BrainTumorDicom.Reports.Source;
using BrainTumorDicom.Reports.Text;
using static BrainTumorDicom.Reports.StructuredReport.Relationship;

namespace BrainTumorDicom.Reports.StructuredReport;

/// <summary>The content tree: Measurement Report, TID 1500, with Image Library (TID 1600), Measurement Groups (TID 1501) and Qualitative Evaluations.</summary>
internal static class MeasurementReport
{
    /// <summary>Writes the tree of a request.</summary>
    public static ContainerItem Build(ReportRequest request, SourceStudy source)
    {
        var finding = request.Finding;
        var children = ImmutableArray.CreateBuilder<ContentItem>();
        children.Add(new CodeItem(HasConceptModifier, ReportCodes.Language, ReportCodes.EnglishUnitedStates));
        children.AddRange(DeviceObserver.Items(request));
        children.AddRange(ProceduresReported(source).Select(code => new CodeItem(HasConceptModifier, ReportCodes.ProcedureReported, code)));
        if (ImageLibrary(finding, source.BodyPart) is { } library)
        {
            children.Add(library);
        }

        if (finding.DecidingSeries is { } series && !finding.Probabilities.IsDefaultOrEmpty)
        {
            children.Add(Measurements(finding, series));
        }

        children.Add(QualitativeEvaluations(finding));
        return new ContainerItem("", ReportCodes.ImagingMeasurementReport, "1500") { Children = children.ToImmutable() };
    }

    /// <summary>The imaging procedure that was analysed (CID 100, extensible).</summary>
    public static ImmutableArray<Code> ProceduresReported(SourceStudy source) =>
        source.ProcedureCodes.IsEmpty ? [ReportCodes.MriUnspecified] : source.ProcedureCodes;

    /// <summary>TID 1600: every image received, a group per series.</summary>
    private static ContainerItem? ImageLibrary(Finding finding, string bodyPart)
    {
        var groups = ImmutableArray.CreateBuilder<ContentItem>();
        foreach (var series in finding.Series)
        {
            var images = SourceImages.Whole(series.Slices);
            if (images.IsEmpty)
            {
                continue;
            }

            var items = ImmutableArray.CreateBuilder<ContentItem>();
            if (ModalityCodes.Of(series.Modality) is { } modality)
            {
                items.Add(new CodeItem(HasAcquisitionContext, ReportCodes.Modality, modality));
            }

            // CID 4031 has the head, not the brain.
            if (bodyPart is "BRAIN" or "HEAD")
            {
                items.Add(new CodeItem(HasAcquisitionContext, ReportCodes.TargetRegion, ReportCodes.Head));
            }

            if (ValueRules.IsUid(series.FrameOfReferenceUid))
            {
                items.Add(new UidItem(HasAcquisitionContext, ReportCodes.FrameOfReferenceUid, series.FrameOfReferenceUid!));
            }

            items.AddRange(images.Select(image => new ImageItem(Contains, null, image)));
            groups.Add(new ContainerItem(Contains, ReportCodes.ImageLibraryGroup) { Children = items.ToImmutable() });
        }

        return groups.Count == 0 ? null : new ContainerItem(Contains, ReportCodes.ImageLibrary, "1600") { Children = groups.ToImmutable() };
    }

    private static ContainerItem Measurements(Finding finding, SeriesFinding series)
    {
        var groups = ImmutableArray.CreateBuilder<ContentItem>();
        groups.Add(SeriesGroup(finding, series));
        var keys = KeySlices.Of(finding);
        groups.AddRange(keys.Select((slice, index) => KeyImageGroup(finding, slice, index + 1, keys.Length)));
        return new ContainerItem(Contains, ReportCodes.ImagingMeasurements) { Children = groups.ToImmutable() };
    }

    /// <summary>The answer of the series (TID 1501): class, algorithm, images used, a probability for each class.</summary>
    private static ContainerItem SeriesGroup(Finding finding, SeriesFinding series)
    {
        var items = ImmutableArray.CreateBuilder<ContentItem>();
        items.AddRange(Tracking(finding, 0, "AI brain tumor classification of the series"));
        if (finding.Class is { } value)
        {
            items.AddRange(FindingAndSite(value));
        }

        items.AddRange(Algorithm(finding.Model));
        items.AddRange(SourceImages.Of(series.Slices.Where(slice => slice.LeftOut is null))
            .Select(image => new ImageItem(Contains, ReportCodes.SourceOfMeasurement, image)));
        foreach (var each in Enum.GetValues<TumorClass>())
        {
            items.Add(Probability(each, finding.Probabilities));
        }

        return new ContainerItem(Contains, ReportCodes.MeasurementGroup, "1501") { Children = items.ToImmutable() };
    }

    /// <summary>A key image (TID 1501). Viewers label the referenced image with the Finding.</summary>
    private static ContainerItem KeyImageGroup(Finding finding, SliceFinding slice, int rank, int count)
    {
        var value = finding.Class!.Value;
        var items = ImmutableArray.CreateBuilder<ContentItem>();
        items.AddRange(Tracking(finding, rank, string.Create(CultureInfo.InvariantCulture, $"AI key image {rank} of {count}")));
        items.AddRange(FindingAndSite(value));
        items.AddRange(Algorithm(finding.Model));
        items.AddRange(SourceImages.Of([slice]).Select(image => new ImageItem(Contains, ReportCodes.SourceOfMeasurement, image)));
        if (!slice.Probabilities.IsDefaultOrEmpty)
        {
            items.Add(Probability(value, slice.Probabilities));
        }

        items.Add(new NumberItem(Contains, ReportCodes.KeyImageRank, rank.ToString(CultureInfo.InvariantCulture), ReportCodes.NoUnits));
        return new ContainerItem(Contains, ReportCodes.MeasurementGroup, "1501") { Children = items.ToImmutable() };
    }

    private static IEnumerable<ContentItem> Tracking(Finding finding, int rank, string name)
    {
        yield return new TextItem(HasObservationContext, ReportCodes.TrackingIdentifier, name);
        yield return new UidItem(HasObservationContext, ReportCodes.TrackingUniqueIdentifier, ReportIdentity.Tracking(finding.StudyInstanceUid, rank).Value);
    }

    private static IEnumerable<ContentItem> FindingAndSite(TumorClass value)
    {
        yield return new CodeItem(Contains, ReportCodes.Finding, ReportCodes.Of(value));
        if (ReportCodes.SiteOf(value) is { } site)
        {
            yield return new CodeItem(HasConceptModifier, ReportCodes.FindingSite, site);
        }
    }

    /// <summary>TID 4019.</summary>
    private static IEnumerable<ContentItem> Algorithm(ModelIdentity model)
    {
        yield return new TextItem(HasConceptModifier, ReportCodes.AlgorithmName, model.Name);
        yield return new TextItem(HasConceptModifier, ReportCodes.AlgorithmVersion, model.Version);
        string[] parameters =
        [
            $"weights-sha256={model.Sha256}",
            string.Create(CultureInfo.InvariantCulture, $"threshold={model.ReportThreshold:0.00##}"),
            string.Create(CultureInfo.InvariantCulture, $"calibration=temperature {model.Temperature:0.0###}"),
            $"execution-provider={model.ExecutionProvider}",
        ];
        foreach (var parameter in parameters)
        {
            yield return new TextItem(HasConceptModifier, ReportCodes.AlgorithmParameters, parameter);
        }

        yield return new CodeItem(HasConceptModifier, ReportCodes.AlgorithmFamily, ReportCodes.ArtificialIntelligence);
    }

    /// <summary>TID 300. The concept says the class in words; the modifier says it in a code, for machines.</summary>
    private static NumberItem Probability(TumorClass value, ImmutableArray<double> probabilities) =>
        new(Contains, ReportCodes.ProbabilityOf(value), Narrative.PercentNumber(probabilities[(int)value]), ReportCodes.Percent)
        {
            Children = [new CodeItem(HasConceptModifier, ReportCodes.Finding, ReportCodes.Of(value))],
        };

    /// <summary>The research-use statement comes first, then the words, then the answer in codes.</summary>
    private static ContainerItem QualitativeEvaluations(Finding finding)
    {
        var items = ImmutableArray.CreateBuilder<ContentItem>();
        items.Add(new TextItem(Contains, ReportCodes.Comment, SafetyText.Long(finding.Model)));
        items.Add(new TextItem(Contains, ReportCodes.NarrativeSummary, Narrative.Summary(finding)));
        foreach (var series in finding.Series.Where(series => series != finding.DecidingSeries))
        {
            items.Add(new TextItem(Contains, ReportCodes.Comment, Narrative.OfSeries(series)));
        }

        items.Add(new CodeItem(Contains, ReportCodes.TargetTumor, ReportCodes.PresenceOf(finding.Disposition)));
        items.Add(new CodeItem(Contains, ReportCodes.DispositionConcept, ReportCodes.Of(finding.Disposition)));
        if (finding.Reason is { } reason)
        {
            items.Add(new CodeItem(Contains, ReportCodes.ReasonConcept, PrivateScheme.Reason(reason)));
        }

        return new ContainerItem(Contains, ReportCodes.QualitativeEvaluations) { Children = items.ToImmutable() };
    }
}
