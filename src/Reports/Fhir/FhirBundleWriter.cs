using System.Text.Json;
using BrainTumorDicom.Reports.Source;
using BrainTumorDicom.Reports.StructuredReport;

namespace BrainTumorDicom.Reports.Fhir;

/// <summary>Writes a finding as a FHIR R4 transaction (https://hl7.org/fhir/R4/http.html#transaction). Every entry is conditional: sending it again leaves the same resources.</summary>
public static class FhirBundleWriter
{
    /// <summary>Writes the bundle as UTF-8 JSON. The same request gives the same bytes; nothing in the source header can make it fail.</summary>
    /// <param name="request">What to report.</param>
    /// <param name="options">How the server knows patients and orders.</param>
    /// <param name="document">The class of the structured report that goes with it: its SOP Instance UID is an identifier of the DiagnosticReport.</param>
    /// <param name="attachments">What was drawn of the finding; <see langword="null"/> for nothing.</param>
    public static byte[] Write(
        ReportRequest request,
        FhirOptions options,
        StructuredReportClass document = StructuredReportClass.Comprehensive3D,
        FhirAttachments? attachments = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(options);
        var source = SourceStudy.Read(request.SourceHeader);
        var resources = new ReportResources(request, options, source, document, attachments ?? FhirAttachments.None);
        var entries = new List<BundleEntry> { resources.Gateway(), resources.Algorithm() };
        if (resources.Endpoint() is { } endpoint)
        {
            entries.Add(endpoint);
        }

        entries.Add(resources.ImagingStudy());
        entries.Add(resources.Observation());
        entries.AddRange(resources.Pictures());
        entries.Add(resources.DiagnosticReport());
        if (resources.Attention() is { } attention)
        {
            entries.Add(attention);
        }

        entries.Add(resources.Provenance());
        var bundle = new Bundle("transaction", ReportResources.Instant(request.Created), entries);
        return [.. JsonSerializer.SerializeToUtf8Bytes(bundle, FhirJsonContext.Default.Resource), (byte)'\n'];
    }
}
