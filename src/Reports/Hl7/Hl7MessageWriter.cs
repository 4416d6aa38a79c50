using System.Globalization;
using System.Text;
using BrainTumorDicom.Reports.Codes;
using BrainTumorDicom.Reports.Source;
using static BrainTumorDicom.Reports.Hl7.Hl7Text;

namespace BrainTumorDicom.Reports.Hl7;

/// <summary>Writes a finding as an HL7 v2.5.1 unsolicited observation message (ORU^R01, §7.3.1), for hospitals without a FHIR server.</summary>
public static class Hl7MessageWriter
{
    // MSH-10 is ST of at most 20 characters (§2.15.9.10).
    private const int ControlIdLength = 20;

    /// <summary>Writes the message in UTF-8, each segment ended by CR, without the framing of MLLP. The same request gives the same bytes, so MSH-10 stays the same over retries; nothing in the source header can make it fail.</summary>
    /// <param name="request">What to report.</param>
    /// <param name="options">How the site's systems know patients and orders.</param>
    /// <param name="pdf">The report as PDF, or empty; sent only where the options ask for it.</param>
    /// <remarks>MSH-5 and MSH-6 stay empty: each destination fills in its own (<see cref="Hl7Header.WithReceiver"/>).</remarks>
    public static byte[] Write(ReportRequest request, Hl7Options options, ReadOnlyMemory<byte> pdf = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(options);
        var source = SourceStudy.Read(request.SourceHeader);
        string[] segments =
        [
            Header(request),
            Patient(source, options),
            Segment("PV1", (1, "1"), (2, "U"), (8, Referrer(source.ReferringPhysicianName))),
            Segment("ORC", (1, "RE"), (2, Escape(source.PlacerOrderNumber)), (3, Filler(request, source))),
            Request(request, source, options),
            .. new ObservationSegments(request, options.IncludePdf ? pdf : default).Write(),
        ];
        return Encoding.UTF8.GetBytes(string.Join('\r', segments) + "\r");
    }

    private static string Header(ReportRequest request)
    {
        var id = ReportIdentity.Uuid(ReportIdentity.Message(request.Finding.StudyInstanceUid, request.Finding.Model, request.Revision));

        // MSH-1 is the separator itself, so every further field stands one place earlier.
        return Segment(
            "MSH",
            (1, @"^~\&"),
            (2, Escape(request.Origin.AeTitle)),
            (3, Escape(ValueRules.Description(request.Origin.InstitutionName, 64))),
            (6, Time(request.Created)),
            (8, "ORU^R01^ORU_R01"),
            (9, id.ToString("N")[..ControlIdLength].ToUpperInvariant()),
            (10, "P"),
            (11, "2.5.1"),
            (17, "UNICODE UTF-8"));
    }

    private static string Patient(SourceStudy source, Hl7Options options)
    {
        var identifier = source.PatientId.Length == 0 ? "" : $"{Escape(source.PatientId)}^^^{Authority(source, options)}^PI";
        return Segment(
            "PID",
            (1, "1"),
            (3, identifier),
            (5, PersonName(source.PatientName)),
            (7, source.BirthDate),
            (8, source.Sex));
    }

    /// <summary>The assigning authority (HD) as subcomponents: the site's own word for the issuer, else the issuer with its universal identifier, else the site's default.</summary>
    private static string Authority(SourceStudy source, Hl7Options options)
    {
        if (source.IssuerOfPatientId.Length > 0 && options.AssigningAuthorities.TryGetValue(source.IssuerOfPatientId, out var known))
        {
            return Subcomponents(known.Split('&'));
        }

        return source.IssuerOfPatientId.Length + source.IssuerQualifiers.Id.Length == 0
            ? Subcomponents(options.AssigningAuthority.Split('&'))
            : Subcomponents(source.IssuerOfPatientId, source.IssuerQualifiers.Id, source.IssuerQualifiers.Type);
    }

    private static string Request(ReportRequest request, SourceStudy source, Hl7Options options)
    {
        var fields = new List<(int Number, string Value)>
        {
            (1, "1"),
            (2, Escape(source.PlacerOrderNumber)),
            (3, Filler(request, source)),
            (4, Of(Exam(source))),
            (7, StudyTime(source)),
            (22, Time(request.Created)),
            (24, "RAD"),

            // Never final: only what a person has signed is.
            (25, "P"),
        };
        if (source.AccessionNumber.Length > 0)
        {
            fields.Add(((int)options.AccessionNumberField, Escape(source.AccessionNumber)));
        }

        return Segment("OBR", [.. fields]);
    }

    /// <summary>Filler Order Number, which a result must have: the scanner's, else the accession number, else the result's own identifier.</summary>
    private static string Filler(ReportRequest request, SourceStudy source) =>
        source.FillerOrderNumber.Length > 0 ? Escape(source.FillerOrderNumber)
        : source.AccessionNumber.Length > 0 ? Escape(source.AccessionNumber)
        : ReportIdentity.Uuid(ReportIdentity.Result(request.Finding.StudyInstanceUid)).ToString("N")[..ControlIdLength].ToUpperInvariant();

    private static Code Exam(SourceStudy source) =>
        source.ProcedureCodes is [var first, ..] ? first
        : source.BodyPart is "BRAIN" or "HEAD" ? ReportCodes.MriBrain
        : ReportCodes.DiagnosticImagingStudy;

    private static string StudyTime(SourceStudy source)
    {
        if (source.StudyDate.Length == 0 || source.StudyTime.Length == 0)
        {
            return source.StudyDate;
        }

        // Fractions of a second have four digits at most (§2.A.77).
        var time = source.StudyTime[..Math.Min(source.StudyTime.Length, "HHMMSS.FFFF".Length)];
        return source.TimezoneOffset is { } offset
            ? $"{source.StudyDate}{time}{(offset < TimeSpan.Zero ? "-" : "+")}{offset.ToString("hhmm", CultureInfo.InvariantCulture)}"
            : source.StudyDate + time;
    }

    /// <summary>The referring physician (XCN): a name without an identifier.</summary>
    private static string Referrer(string name)
    {
        string[] parts = [.. name.Split('=')[0].Split('^'), "", "", "", ""];
        return Components("", parts[0], parts[1], parts[2], parts[4], parts[3]);
    }
}
