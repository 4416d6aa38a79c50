using System.Globalization;
using System.Text;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Classification.Selection;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Reports.Codes;
using BrainTumorDicom.Reports.Source;
using BrainTumorDicom.Reports.StructuredReport;
using BrainTumorDicom.Reports.Text;
using static BrainTumorDicom.Reports.Fhir.Entries;

namespace BrainTumorDicom.Reports.Fhir;

/// <summary>The entries of one report's transaction. They refer to each other by urn:uuid, which the server replaces.</summary>
internal sealed class ReportResources(
    ReportRequest request, FhirOptions options, SourceStudy source, StructuredReportClass document, FhirAttachments attachments)
{
    private const string Preliminary = "preliminary";

    private readonly Finding finding = request.Finding;
    private readonly string study = ReportIdentity.Writable(request.Finding.StudyInstanceUid);
    private readonly Reference patient = PatientReference.Of(source, options);
    private readonly Meta meta = FhirCodes.MadeByAlgorithm(options);

    /// <summary>The installation that runs the algorithm.</summary>
    public BundleEntry Gateway()
    {
        var uid = ReportIdentity.Gateway(request.Origin);
        var origin = request.Origin;
        return CreateOnce(uid, new Device(
            [FhirCodes.Uid(uid.Value)],
            "active",
            OwnEquipment.Manufacturer,
            Known(origin.DeviceSerialNumber),
            [new DeviceName(OwnEquipment.ModelName, "model-name")],
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
            FhirCodes.AlgorithmType(options, "Artificial intelligence: classifier of brain MR slices"),
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
        return CreateOnce(StudyKey, resource, FhirCodes.Uid(study));
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
            IsSuspicious ? [FhirCodes.Positive] : null,
            [new Annotation(SafetyText.Long(finding.Model))],
            ReportCodes.SiteOf(finding.Class) is { } site ? FhirCodes.Concept(site) : null,
            FhirCodes.Concept(ReportCodes.Method),
            Link(ReportIdentity.Device(finding.Model)),
            [Link(StudyKey)],
            finding.Probabilities.IsDefaultOrEmpty ? null : [.. Enum.GetValues<TumorClass>().Select(Component)])
        { Meta = meta };
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
            attachments.Pictures.IsEmpty ? null : [.. attachments.Pictures.Select((picture, index) => new DiagnosticReportMedia(Clean(picture.Title), Link(PictureKey(index))))],
            Clean($"{SafetyText.Long(finding.Model)} {Narrative.Summary(finding)}"),
            finding.Class is { } value ? [FhirCodes.Concept(ReportCodes.Of(value))] : null,
            attachments.Pdf.IsEmpty ? [Page()] : [Page(), Attachment.Of(attachments.Pdf.Span, "application/pdf", ReportPage.Title, Instant(request.Created))])
        { Meta = meta };
        return Replace(uid, resource, identifier);
    }

    /// <summary>The pictures, strongest first. A revision replaces them by rank; what it has no picture for is no longer linked from the report.</summary>
    public IEnumerable<BundleEntry> Pictures() => attachments.Pictures.Select((picture, index) =>
    {
        var uid = PictureKey(index);
        var resource = new Media(
            [FhirCodes.Uid(uid.Value)],
            [Link(StudyKey)],
            "completed",
            FhirCodes.Picture,
            patient,
            StudyTime(),
            Instant(request.Created),
            Link(ReportIdentity.Device(finding.Model)),
            Attachment.Of(picture.Png.Span, PictureType(picture.Png.Span), Clean(picture.Title), Instant(request.Created)),
            [new Annotation($"{SafetyText.Long(finding.Model)} Attention map, not a tumor boundary. Made of image urn:oid:{ReportIdentity.Writable(picture.SourceSopInstanceUid)}.")])
        { Meta = meta };
        return Replace(uid, resource, FhirCodes.Uid(uid.Value));
    });

    /// <summary>What triage tells, where the site wants it: once for a suspicious study. Where a later revision is not suspicious, what an earlier one may have told is withdrawn.</summary>
    public BundleEntry? Attention()
    {
        if (!request.Triage || (!IsSuspicious && request.PredecessorRevision is null))
        {
            return null;
        }

        var uid = ReportIdentity.Attention(finding.StudyInstanceUid);
        var resource = new Communication(
            [FhirCodes.Uid(uid.Value)],
            IsSuspicious ? "completed" : "stopped",
            IsSuspicious ? null : new CodeableConcept(null, SafetyText.AttentionWithdrawn),
            [FhirCodes.Notification],
            patient,
            [Link(ReportIdentity.Result(finding.StudyInstanceUid))],
            Instant(request.Created),
            Link(ReportIdentity.Device(finding.Model)),
            [new CommunicationPayload(IsSuspicious ? $"{SafetyText.Attention}. {Clean(Narrative.Answer(finding))}" : SafetyText.AttentionWithdrawn)],
            [new Annotation(SafetyText.Long(finding.Model))])
        { Meta = meta };
        return Replace(uid, resource, FhirCodes.Uid(uid.Value));
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
        { Id = id.ToString(), Meta = meta };
        return new BundleEntry($"urn:uuid:{id}", resource, new BundleRequest("PUT", $"Provenance/{id}"));
    }

    /// <summary>A FHIR instant.</summary>
    public static string Instant(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:ss.fffzzz", CultureInfo.InvariantCulture);

    private bool IsSuspicious => request.Triage && finding.Disposition == Disposition.TargetTumor;

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
        return Attachment.Of(page, "text/html", ReportPage.Title, Instant(request.Created));
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

    private DicomUid PictureKey(int index) => ReportIdentity.Picture(finding.StudyInstanceUid, index + 1);

    private static string PictureType(ReadOnlySpan<byte> picture) => picture is [0x89, (byte)'P', ..] ? "image/png" : "image/jpeg";

    private static string? Known(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string Clean(string text) => ValueRules.Text(text);
}
