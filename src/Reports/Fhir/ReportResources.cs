using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Reports.Codes;
using BrainTumorDicom.Reports.Source;
using BrainTumorDicom.Reports.StructuredReport;
using BrainTumorDicom.Reports.Text;

namespace BrainTumorDicom.Reports.Fhir;

/// <summary>The entries of one report's transaction. They refer to each other by urn:uuid, which the server replaces.</summary>
internal sealed class ReportResources(ReportRequest request, FhirOptions options, SourceStudy source, StructuredReportClass document)
{
    private const string Preliminary = "preliminary";

    private readonly Finding finding = request.Finding;
    private readonly string study = ReportIdentity.Writable(request.Finding.StudyInstanceUid);
    private readonly Reference patient = PatientReference.Of(source, options);

    /// <summary>The installation that runs the algorithm.</summary>
    public BundleEntry Gateway()
    {
        var uid = ReportIdentity.Gateway(request.Origin);
        var origin = request.Origin;
        return CreateOnce(uid, new Device(
            [FhirCodes.Uid(uid.Value)],
            "active",
            ReportOrigin.Manufacturer,
            Known(origin.DeviceSerialNumber),
            [new DeviceName(ReportOrigin.ModelName, "model-name")],
            new CodeableConcept(null, "DICOM and FHIR gateway of the algorithm"),
            Version: null,
            Property: null,
            [new Annotation(SafetyText.Opening)],
            Parent: null));
    }

    /// <summary>The algorithm. It carries no unique device identifier, since it has none: it is not cleared anywhere.</summary>
    public BundleEntry Algorithm()
    {
        var model = finding.Model;
        return CreateOnce(ReportIdentity.Device(model), new Device(
            [FhirCodes.Uid(ReportIdentity.Device(model).Value)],
            "active",
            model.Manufacturer,
            SerialNumber: null,
            [new DeviceName(model.Name, "model-name")],
            FhirCodes.AiDevice with { Text = "Artificial intelligence: classifier of brain MR slices" },
            [new DeviceVersion(model.Version)],
            [
                new DeviceProperty(new CodeableConcept(null, "Input"), [new CodeableConcept(null, "MR slices of the head")]),
                new DeviceProperty(new CodeableConcept(null, "SHA-256 of the weights"), [new CodeableConcept(null, model.Sha256)]),
            ],
            [new Annotation($"Not cleared as a medical device. {SafetyText.Long(model)}")],
            Link(ReportIdentity.Gateway(request.Origin))));
    }

    /// <summary>Where the archive serves the study, when the site says so.</summary>
    public BundleEntry? Endpoint()
    {
        if (string.IsNullOrWhiteSpace(options.WadoRsEndpoint))
        {
            return null;
        }

        var uid = EndpointUid(options.WadoRsEndpoint);
        return CreateOnce(uid, new Endpoint(
            [FhirCodes.Uid(uid.Value)],
            "active",
            FhirCodes.WadoRs,
            [FhirCodes.Study],
            ["application/dicom"],
            options.WadoRsEndpoint));
    }

    /// <summary>The source study. Created only where the server has none: the archive's own copy is never written over.</summary>
    public BundleEntry ImagingStudy()
    {
        var series = finding.Series.Where(each => each.Slices.Length > 0)
            .DistinctBy(each => each.SeriesInstanceUid, StringComparer.Ordinal)
            .Select(each => new ImagingStudySeries(
                ReportIdentity.Writable(each.SeriesInstanceUid),
                each.SeriesNumber is >= 0 and { } number ? (uint)number : null,
                FhirCodes.Modality(each.Modality),
                Instances(each)))
            .ToList();
        var modalities = series.Select(each => each.Modality).Distinct().ToList();
        var resource = new ImagingStudy(
            source.AccessionNumber.Length == 0 ? [FhirCodes.Uid(study)] : [FhirCodes.Uid(study), Accession()],
            "available",
            modalities.Count == 0 ? null : modalities,
            patient,
            StudyTime(),
            string.IsNullOrWhiteSpace(options.WadoRsEndpoint) ? null : [Link(EndpointUid(options.WadoRsEndpoint))],
            series.Count,
            series.Sum(each => each.NumberOfInstances),
            Known(source.StudyDescription),
            series.Count == 0 ? null : series);
        return new BundleEntry(
            FullUrl(StudyKey), resource, new BundleRequest("POST", nameof(ImagingStudy), Identified(FhirCodes.Uid(study))));
    }

    /// <summary>The answer: class, or why there is none, with the output for each class.</summary>
    public BundleEntry Observation()
    {
        var uid = ReportIdentity.Tracking(finding.StudyInstanceUid, 0);
        var hasAnswer = finding.Class is not null;
        var resource = new Observation(
            [FhirCodes.Uid(uid.Value)],
            [Link(StudyKey)],
            Preliminary,
            [FhirCodes.Imaging],
            FhirCodes.Concept(ReportCodes.Panel),
            patient,
            StudyTime(),
            Instant(request.Created),
            finding.Class is { } value ? FhirCodes.Concept(ReportCodes.Of(value)) : null,
            hasAnswer ? null : FhirCodes.Absent(finding.Disposition, finding.Reason, Clean(Narrative.Answer(finding))),
            [new Annotation(SafetyText.Long(finding.Model))],
            ReportCodes.SiteOf(finding.Class) is { } site ? FhirCodes.Concept(site) : null,
            FhirCodes.Concept(ReportCodes.Method),
            Link(ReportIdentity.Device(finding.Model)),
            [Link(StudyKey)],
            finding.Probabilities.IsDefaultOrEmpty ? null : [.. Enum.GetValues<TumorClass>().Select(Component)])
        { Meta = FhirCodes.ArtificialIntelligence };
        return Replace(uid, resource, FhirCodes.Uid(uid.Value));
    }

    /// <summary>The report. Its identifiers stay the same over revisions, so a revision replaces it; it is never final.</summary>
    public BundleEntry DiagnosticReport()
    {
        var uid = ReportIdentity.Result(finding.StudyInstanceUid);
        var identifier = new Identifier(PrivateScheme.FhirSystem, ReportIdentity.Uuid(uid).ToString());
        var structured = ReportIdentity.Document(finding.StudyInstanceUid, finding.Model, document, request.Revision);
        var resource = new DiagnosticReport(
            [identifier, FhirCodes.Uid(structured.Value)],
            source.AccessionNumber.Length == 0 ? null : [new Reference(Type: "ServiceRequest", Identifier: Accession())],
            Preliminary,
            [FhirCodes.Radiology, FhirCodes.RadiologyLoinc],
            Exam(),
            patient,
            StudyTime(),
            Instant(request.Created),
            Organization() is { } organization ? [organization] : null,
            [Link(ReportIdentity.Tracking(finding.StudyInstanceUid, 0))],
            [Link(StudyKey)],
            Clean($"{SafetyText.Long(finding.Model)} {Narrative.Summary(finding)}"),
            finding.Class is { } value ? [FhirCodes.Concept(ReportCodes.Of(value))] : null,
            [Page()])
        { Meta = FhirCodes.ArtificialIntelligence };
        return Replace(uid, resource, identifier);
    }

    /// <summary>Who made the report of what. Provenance has no identifier to search by, so it is put under an id of its own.</summary>
    public BundleEntry Provenance()
    {
        var id = ReportIdentity.Provenance(finding.StudyInstanceUid, finding.Model, request.Revision);
        var model = finding.Model;
        var structured = ReportIdentity.Document(finding.StudyInstanceUid, model, document, request.Revision);
        var resource = new Provenance(
            [Link(ReportIdentity.Result(finding.StudyInstanceUid)), Link(ReportIdentity.Tracking(finding.StudyInstanceUid, 0))],
            Instant(finding.AnalysisStarted),
            Instant(request.Created),
            request.Revision == 1 ? FhirCodes.Create : FhirCodes.Update,
            [new ProvenanceAgent(FhirCodes.Assembler, Link(ReportIdentity.Device(model)), Organization())],
            [
                new ProvenanceEntity("source", Link(StudyKey)),
                new ProvenanceEntity("source", new Reference(Identifier: FhirCodes.Uid(structured.Value), Display: "DICOM structured report")),
                new ProvenanceEntity("derivation", new Reference(Display: $"Model card of {model.Name} {model.Version}, weights SHA-256 {model.Sha256}")),
            ])
        { Id = id.ToString() };
        return new BundleEntry($"urn:uuid:{id}", resource, new BundleRequest("PUT", $"Provenance/{id}"));
    }

    /// <summary>A FHIR instant.</summary>
    public static string Instant(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:ss.fffzzz", CultureInfo.InvariantCulture);

    private DicomUid StudyKey => DicomUid.FromName($"braintumordicom imaging study\n{finding.StudyInstanceUid}");

    private static ObservationComponent Component(Finding finding, TumorClass value) => new(
        new CodeableConcept(
            [FhirCodes.Coding(ReportCodes.ProbabilityOf(value)), FhirCodes.Coding(ReportCodes.Of(value))], ReportCodes.ProbabilityOf(value).Meaning),
        new Quantity(decimal.Parse(Narrative.PercentNumber(finding.Probabilities[(int)value]), CultureInfo.InvariantCulture), "%", FhirCodes.Ucum, "%"));

    private ObservationComponent Component(TumorClass value) => Component(finding, value);

    /// <summary>The exam: its LOINC code where one is known, beside the site's own codes.</summary>
    private CodeableConcept Exam()
    {
        var known = source.ProcedureCodes.Any(code => code.Scheme == "LN") ? []
            : source.BodyPart is "BRAIN" or "HEAD" ? FhirCodes.Concept(ReportCodes.MriBrain).Coding!
            : FhirCodes.DiagnosticImagingStudy.Coding!;
        return new CodeableConcept([.. known, .. source.ProcedureCodes.Select(FhirCodes.Coding)], Known(source.StudyDescription));
    }

    private Attachment Page()
    {
        var page = Encoding.UTF8.GetBytes(Clean(ReportPage.Write(finding, request.Revision)));
#pragma warning disable CA5350 // FHIR R4 defines Attachment.hash as SHA-1; nothing is secured by it.
        var hash = Convert.ToBase64String(SHA1.HashData(page));
#pragma warning restore CA5350
        return new Attachment("text/html", "en-US", Convert.ToBase64String(page), page.Length, hash, ReportPage.Title, Instant(request.Created));
    }

    // A server's time of day needs its offset; where the source states none, the date alone is what is known.
    private string? StudyTime()
    {
        if (source.StudyDate.Length == 0)
        {
            return null;
        }

        var date = $"{source.StudyDate[..4]}-{source.StudyDate[4..6]}-{source.StudyDate[6..]}";
        if (source.TimezoneOffset is not { } offset || source.StudyTime.Length < 6 || source.StudyTime[4] == '6')
        {
            return date;
        }

        var sign = offset < TimeSpan.Zero ? "-" : "+";
        return $"{date}T{source.StudyTime[..2]}:{source.StudyTime[2..4]}:{source.StudyTime[4..6]}{sign}{offset.ToString(@"hh\:mm", CultureInfo.InvariantCulture)}";
    }

    private Identifier Accession() => new(Known(options.AccessionNumberSystem), source.AccessionNumber, FhirCodes.AccessionNumber);

    private Reference? Organization() =>
        Known(Clean(request.Origin.InstitutionName)) is { } name ? new Reference(Type: "Organization", Display: name) : null;

    private static int Instances(SeriesFinding series) => series.Slices.Select(slice => slice.SopInstanceUid).Distinct(StringComparer.Ordinal).Count();

    private static DicomUid EndpointUid(string address) => DicomUid.FromName($"braintumordicom endpoint\n{address}");

    private static BundleEntry CreateOnce(DicomUid uid, Resource resource) =>
        new(FullUrl(uid), resource, new BundleRequest("POST", resource.GetType().Name, Identified(FhirCodes.Uid(uid.Value))));

    private static BundleEntry Replace(DicomUid uid, Resource resource, Identifier identifier) =>
        new(FullUrl(uid), resource, new BundleRequest("PUT", $"{resource.GetType().Name}?{Identified(identifier)}"));

    private static string Identified(Identifier identifier) =>
        $"identifier={PatientReference.Token(identifier.System!)}|{PatientReference.Token(identifier.Value)}";

    private static Reference Link(DicomUid uid) => new(FullUrl(uid));

    private static string FullUrl(DicomUid uid) => $"urn:uuid:{ReportIdentity.Uuid(uid)}";

    private static string? Known(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string Clean(string text) => ValueRules.Text(text);
}
