using System.Text.Json.Serialization;

namespace BrainTumorDicom.Reports.Fhir;

/// <summary>A FHIR R4 resource; the discriminator is its resourceType.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "resourceType")]
[JsonDerivedType(typeof(Bundle), nameof(Bundle))]
[JsonDerivedType(typeof(Communication), nameof(Communication))]
[JsonDerivedType(typeof(Device), nameof(Device))]
[JsonDerivedType(typeof(DiagnosticReport), nameof(DiagnosticReport))]
[JsonDerivedType(typeof(Endpoint), nameof(Endpoint))]
[JsonDerivedType(typeof(ImagingStudy), nameof(ImagingStudy))]
[JsonDerivedType(typeof(Media), nameof(Media))]
[JsonDerivedType(typeof(Observation), nameof(Observation))]
[JsonDerivedType(typeof(Provenance), nameof(Provenance))]
internal abstract record Resource
{
    /// <summary>Logical id; set only where the client chooses it.</summary>
    [JsonPropertyOrder(-2)]
    public string? Id { get; init; }

    [JsonPropertyOrder(-1)]
    public Meta? Meta { get; init; }
}

/// <summary>Bundle, as a transaction.</summary>
internal sealed record Bundle(string Type, string Timestamp, IReadOnlyList<BundleEntry> Entry) : Resource;

/// <summary>Bundle.entry.</summary>
internal sealed record BundleEntry(string FullUrl, Resource Resource, BundleRequest Request);

/// <summary>Bundle.entry.request.</summary>
internal sealed record BundleRequest(string Method, string Url, string? IfNoneExist = null);

/// <summary>Device: the algorithm, or the installation that runs it.</summary>
internal sealed record Device(
    IReadOnlyList<Identifier> Identifier,
    string Status,
    string Manufacturer,
    string? SerialNumber,
    IReadOnlyList<DeviceName> DeviceName,
    CodeableConcept Type,
    IReadOnlyList<DeviceVersion>? Version,
    IReadOnlyList<DeviceProperty>? Property,
    IReadOnlyList<Annotation>? Note,
    Reference? Parent) : Resource;

/// <summary>Device.deviceName.</summary>
internal sealed record DeviceName(string Name, string Type);

/// <summary>Device.version.</summary>
internal sealed record DeviceVersion(string Value);

/// <summary>Device.property.</summary>
internal sealed record DeviceProperty(CodeableConcept Type, IReadOnlyList<CodeableConcept> ValueCode);

/// <summary>Endpoint.</summary>
internal sealed record Endpoint(
    IReadOnlyList<Identifier> Identifier,
    string Status,
    Coding ConnectionType,
    IReadOnlyList<CodeableConcept> PayloadType,
    IReadOnlyList<string> PayloadMimeType,
    string Address) : Resource;

/// <summary>ImagingStudy.</summary>
internal sealed record ImagingStudy(
    IReadOnlyList<Identifier> Identifier,
    string Status,
    IReadOnlyList<Coding>? Modality,
    Reference Subject,
    string? Started,
    IReadOnlyList<Reference>? Endpoint,
    int NumberOfSeries,
    int NumberOfInstances,
    string? Description,
    IReadOnlyList<ImagingStudySeries>? Series) : Resource;

/// <summary>ImagingStudy.series.</summary>
internal sealed record ImagingStudySeries(string Uid, uint? Number, Coding Modality, int NumberOfInstances);

/// <summary>Observation: the panel of the four classes.</summary>
internal sealed record Observation(
    IReadOnlyList<Identifier> Identifier,
    IReadOnlyList<Reference> PartOf,
    string Status,
    IReadOnlyList<CodeableConcept> Category,
    CodeableConcept Code,
    Reference Subject,
    string? EffectiveDateTime,
    string Issued,
    CodeableConcept? ValueCodeableConcept,
    CodeableConcept? DataAbsentReason,
    IReadOnlyList<CodeableConcept>? Interpretation,
    IReadOnlyList<Annotation> Note,
    CodeableConcept? BodySite,
    CodeableConcept Method,
    Reference Device,
    IReadOnlyList<Reference> DerivedFrom,
    IReadOnlyList<ObservationComponent>? Component) : Resource;

/// <summary>Observation.component.</summary>
internal sealed record ObservationComponent(CodeableConcept Code, Quantity ValueQuantity);

/// <summary>DiagnosticReport.</summary>
internal sealed record DiagnosticReport(
    IReadOnlyList<Identifier> Identifier,
    IReadOnlyList<Reference>? BasedOn,
    string Status,
    IReadOnlyList<CodeableConcept> Category,
    CodeableConcept Code,
    Reference Subject,
    string? EffectiveDateTime,
    string Issued,
    IReadOnlyList<Reference>? Performer,
    IReadOnlyList<Reference> Result,
    [property: JsonPropertyName("imagingStudy")] IReadOnlyList<Reference> Studies,
    [property: JsonPropertyName("media")] IReadOnlyList<DiagnosticReportMedia>? Pictures,
    string Conclusion,
    IReadOnlyList<CodeableConcept>? ConclusionCode,
    IReadOnlyList<Attachment> PresentedForm) : Resource;

/// <summary>DiagnosticReport.media.</summary>
internal sealed record DiagnosticReportMedia(string Comment, Reference Link);

/// <summary>Media: a picture of the attention map.</summary>
internal sealed record Media(
    IReadOnlyList<Identifier> Identifier,
    IReadOnlyList<Reference> PartOf,
    string Status,
    CodeableConcept Type,
    Reference Subject,
    string? CreatedDateTime,
    string Issued,
    Reference Device,
    Attachment Content,
    IReadOnlyList<Annotation> Note) : Resource;

/// <summary>Communication: what triage tells, once a study. It has no priority: how urgent a study is, a person decides.</summary>
internal sealed record Communication(
    IReadOnlyList<Identifier> Identifier,
    string Status,
    CodeableConcept? StatusReason,
    IReadOnlyList<CodeableConcept> Category,
    Reference Subject,
    IReadOnlyList<Reference> About,
    string Sent,
    Reference Sender,
    IReadOnlyList<CommunicationPayload> Payload,
    IReadOnlyList<Annotation> Note) : Resource;

/// <summary>Communication.payload.</summary>
internal sealed record CommunicationPayload(string ContentString);

/// <summary>Provenance.</summary>
internal sealed record Provenance(
    IReadOnlyList<Reference> Target,
    string OccurredDateTime,
    string Recorded,
    CodeableConcept Activity,
    IReadOnlyList<ProvenanceAgent> Agent,
    IReadOnlyList<ProvenanceEntity> Entity) : Resource;

/// <summary>Provenance.agent.</summary>
internal sealed record ProvenanceAgent(CodeableConcept Type, Reference Who, Reference? OnBehalfOf);

/// <summary>Provenance.entity.</summary>
internal sealed record ProvenanceEntity(string Role, Reference What);
