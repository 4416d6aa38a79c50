using System.Collections.Immutable;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Reports.Codes;

namespace BrainTumorDicom.Reports.Source;

/// <summary>What a report carries over from its source: patient, study and order, each value in a form that can be written. Missing values are empty strings.</summary>
internal sealed record SourceStudy
{
    /// <summary>Specific Character Set as the source states it: tells which country's ideographs they are.</summary>
    public required ImmutableArray<string> CharacterSets { get; init; }

    public required string PatientName { get; init; }

    public required string PatientId { get; init; }

    public required string IssuerOfPatientId { get; init; }

    /// <summary>Universal Entity ID and its type of the issuer (PS3.3 §10.14); either may be empty.</summary>
    public required (string Id, string Type) IssuerQualifiers { get; init; }

    public required string BirthDate { get; init; }

    public required string Sex { get; init; }

    public required string Age { get; init; }

    /// <summary>Other Patient IDs Sequence: identifier, issuer and type.</summary>
    public required ImmutableArray<(string Id, string Issuer, string Type)> OtherPatientIds { get; init; }

    public required string DeidentificationMethod { get; init; }

    public required string StudyDate { get; init; }

    public required string StudyTime { get; init; }

    public required string StudyId { get; init; }

    public required string StudyDescription { get; init; }

    public required string AccessionNumber { get; init; }

    public required string ReferringPhysicianName { get; init; }

    public required ImmutableArray<Code> ProcedureCodes { get; init; }

    public required string BodyPart { get; init; }

    /// <summary>Timezone Offset From UTC as the source states it, or <see langword="null"/>.</summary>
    public required TimeSpan? TimezoneOffset { get; init; }

    public required string RequestedProcedureId { get; init; }

    public required string RequestedProcedureDescription { get; init; }

    public required ImmutableArray<Code> RequestedProcedureCodes { get; init; }

    public required string PlacerOrderNumber { get; init; }

    public required string FillerOrderNumber { get; init; }

    /// <summary>Whether anything is known of the order that asked for the study.</summary>
    public bool HasRequest => AccessionNumber.Length + RequestedProcedureId.Length + PlacerOrderNumber.Length + FillerOrderNumber.Length > 0;

    /// <summary>Reads a header. Nothing in it can make this fail.</summary>
    public static SourceStudy Read(DicomDataset header)
    {
        // RequestAttributesSequence (PS3.3 §10.6) is where a scanner keeps the order; the order numbers stand at the top in some.
        var request = header.GetSequence(DicomTag.RequestAttributesSequence) is [var first, ..] ? first : header;
        var qualifiers = header.GetSequence(DicomTag.IssuerOfPatientIDQualifiersSequence) is [var issuer, ..] ? issuer : null;
        return new SourceStudy
        {
            CharacterSets = [.. header.GetStrings(DicomTag.SpecificCharacterSet)],
            PatientName = ValueRules.PersonName(header.GetString(DicomTag.PatientName)),
            PatientId = Identifier(header, DicomTag.PatientID, 64),
            IssuerOfPatientId = Identifier(header, DicomTag.IssuerOfPatientID, 64),
            IssuerQualifiers = qualifiers is null ? ("", "") : (
                Identifier(qualifiers, DicomTag.UniversalEntityID, 256),
                ValueRules.OneOf(qualifiers.GetString(DicomTag.UniversalEntityIDType), "DNS", "EUI64", "ISO", "URI", "UUID", "X400", "X500")),
            BirthDate = ValueRules.Date(header.GetString(DicomTag.PatientBirthDate)),
            Sex = ValueRules.OneOf(header.GetString(DicomTag.PatientSex), "M", "F", "O"),
            Age = ValueRules.Age(header.GetString(DicomTag.PatientAge)),
            OtherPatientIds = OtherIds(header),
            DeidentificationMethod = ValueRules.OneOf(header.GetString(DicomTag.PatientIdentityRemoved), "YES").Length == 0 ? ""
                : ValueRules.Description(string.Join(", ", header.GetStrings(DicomTag.DeidentificationMethod)), 64),
            StudyDate = ValueRules.Date(header.GetString(DicomTag.StudyDate)),
            StudyTime = ValueRules.Time(header.GetString(DicomTag.StudyTime)),
            StudyId = Identifier(header, DicomTag.StudyID, 16),
            StudyDescription = ValueRules.Description(header.GetString(DicomTag.StudyDescription), 64),
            AccessionNumber = Identifier(header, DicomTag.AccessionNumber, 16),
            ReferringPhysicianName = ValueRules.PersonName(header.GetString(DicomTag.ReferringPhysicianName)),
            ProcedureCodes = CodesOf(header, DicomTag.ProcedureCodeSequence),
            BodyPart = ValueRules.Description(header.GetString(DicomTag.BodyPartExamined), 16).ToUpperInvariant(),
            TimezoneOffset = Offset(header.GetString(DicomTag.TimezoneOffsetFromUTC)),
            RequestedProcedureId = Identifier(request, DicomTag.RequestedProcedureID, 16),
            RequestedProcedureDescription = ValueRules.Description(request.GetString(DicomTag.RequestedProcedureDescription), 64),
            RequestedProcedureCodes = CodesOf(request, DicomTag.RequestedProcedureCodeSequence),
            PlacerOrderNumber = Identifier(header, DicomTag.PlacerOrderNumberImagingServiceRequest, 64),
            FillerOrderNumber = Identifier(header, DicomTag.FillerOrderNumberImagingServiceRequest, 64),
        };
    }

    private static string Identifier(DicomDataset dataset, DicomTag tag, int length) => ValueRules.Identifier(dataset.GetStrings(tag), length);

    private static ImmutableArray<(string Id, string Issuer, string Type)> OtherIds(DicomDataset header) =>
        [.. header.GetSequence(DicomTag.OtherPatientIDsSequence)
            .Select(item => (
                Id: Identifier(item, DicomTag.PatientID, 64),
                Issuer: Identifier(item, DicomTag.IssuerOfPatientID, 64),
                Type: ValueRules.OneOf(item.GetString(DicomTag.TypeOfPatientID), "TEXT", "RFID", "BARCODE")))
            .Where(other => other.Id.Length > 0)];

    private static ImmutableArray<Code> CodesOf(DicomDataset dataset, DicomTag tag) =>
        [.. dataset.GetSequence(tag)
            .Select(item => new Code(
                Identifier(item, DicomTag.CodeValue, 16),
                Identifier(item, DicomTag.CodingSchemeDesignator, 16),
                ValueRules.Description(item.GetString(DicomTag.CodeMeaning), 64)))
            .Where(code => code.Value.Length > 0 && code.Scheme.Length > 0 && code.Meaning.Length > 0)];

    // ±HHMM (PS3.3 §C.12.1.1.8), from -1200 to +1400.
    private static TimeSpan? Offset(string? text)
    {
        var value = (text ?? "").Trim(' ', '\0');
        if (value.Length != 5 || value[0] is not ('+' or '-') || value.AsSpan(1).ContainsAnyExceptInRange('0', '9'))
        {
            return null;
        }

        var minutes = (((value[1] - '0') * 10) + value[2] - '0') * 60 + ((value[3] - '0') * 10) + value[4] - '0';
        var offset = TimeSpan.FromMinutes(value[0] == '-' ? -minutes : minutes);
        return value[3] < '6' && offset >= TimeSpan.FromHours(-12) && offset <= TimeSpan.FromHours(14) ? offset : null;
    }
}
