using System.Net;
using System.Text;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Reports.StructuredReport;
using BrainTumorDicom.Reports;

namespace BrainTumorDicom.Service.Deliver;

/// <summary>Posts the transaction bundle to a FHIR R4 server (FHIR R4 §3.1.0.11). The transaction is atomic and conditional: posted twice, it changes nothing.</summary>
internal sealed class FhirDestination : IDestination
{
    /// <summary>How long what a server says of itself is believed.</summary>
    private static readonly TimeSpan StatementLife = TimeSpan.FromHours(1);

    private readonly FhirDestinationOptions options;
    private readonly FhirServer server;
    private readonly TimeSpan timeout;
    private readonly TimeProvider time;
    private Statement? statement;

    /// <summary>Asks nothing yet.</summary>
    /// <param name="options">Where it is, and how it is spoken to.</param>
    /// <param name="client">Makes the requests.</param>
    /// <param name="timeout">How long one request may take.</param>
    /// <param name="time">The time.</param>
    public FhirDestination(FhirDestinationOptions options, HttpClient client, TimeSpan timeout, TimeProvider time)
    {
        this.options = options;
        this.timeout = timeout;
        this.time = time;
        var address = new Uri(options.Url);
        Name = address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        var tokens = options.Authorization.ClientId.Length > 0 ? new FhirTokens(options.Authorization, FhirServer.Folder(address), client, time) : null;
        server = new FhirServer(address, client, tokens, timeout, time);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Kinds { get; } = [ReportKinds.Fhir];

    /// <inheritdoc/>
    public async Task<DeliveryOutcome> DeliverAsync(string kind, string reportFolder, CancellationToken cancellationToken)
    {
        var bytes = await File.ReadAllBytesAsync(Path.Combine(reportFolder, ReportKinds.FhirFile), cancellationToken).ConfigureAwait(false);
        return await HttpAttempt.RunAsync(() => DeliverAsync(bytes, reportFolder, cancellationToken), timeout, cancellationToken).ConfigureAwait(false);
    }

    private async Task<DeliveryOutcome> DeliverAsync(byte[] bytes, string reportFolder, CancellationToken cancellationToken)
    {
        var (capabilities, problem) = await CapabilitiesAsync(cancellationToken).ConfigureAwait(false);
        if (problem is not null)
        {
            return problem;
        }

        string? patient = null;
        if (options.CheckPatient)
        {
            (patient, problem) = await FindPatientAsync(bytes, reportFolder, cancellationToken).ConfigureAwait(false);
            if (problem is not null)
            {
                return problem;
            }
        }

        var transaction = FhirTransaction.Fit(bytes, capabilities, options.Pictures, patient);
        var answer = await server.PostAsync("", transaction.Bytes, ifNoneExist: null, cancellationToken).ConfigureAwait(false);
        if (answer.IsSuccess)
        {
            return await SendProvenanceAsync(transaction, answer, capabilities, cancellationToken).ConfigureAwait(false);
        }

        // What it said of itself may be out of date.
        statement = null;
        return answer.ToOutcome();
    }

    private async Task<(FhirCapabilities Capabilities, DeliveryOutcome? Problem)> CapabilitiesAsync(CancellationToken cancellationToken)
    {
        if (statement is not { } kept || time.GetUtcNow() >= kept.Until)
        {
            var answer = await server.GetAsync("metadata", cancellationToken).ConfigureAwait(false);
            if (answer.Status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError)
            {
                return (FhirCapabilities.Unstated, answer.ToOutcome());
            }

            kept = new Statement(answer.IsSuccess ? FhirCapabilities.Read(answer.Body) : FhirCapabilities.Unstated, time.GetUtcNow() + StatementLife);
            statement = kept.Capabilities.Hindrance is null ? kept : null;
        }

        return (kept.Capabilities, kept.Capabilities.Hindrance is { } hindrance ? new DeliveryOutcome.Retry($"no server for this report: {hindrance}") : null);
    }

    private async Task<(string? Patient, DeliveryOutcome? Problem)> FindPatientAsync(byte[] bytes, string reportFolder, CancellationToken cancellationToken)
    {
        if (FhirTransaction.PatientSearch(bytes) is not { } search)
        {
            return (null, new DeliveryOutcome.Failed("needs reconciliation: the source has no usable Patient ID"));
        }

        var answer = await server.GetAsync(search, cancellationToken).ConfigureAwait(false);
        if (!answer.IsSuccess)
        {
            return (null, answer.ToOutcome());
        }

        // The structured report has the source's patient, in the form that was checked when it was written.
        var source = DicomFile.Read(Path.Combine(reportFolder, ReportKinds.StructuredReportFile(StructuredReportClass.Comprehensive3D))).Dataset;
        var (patient, reason) = FhirPatientCheck.Read(
            answer.Body, source.GetString(DicomTag.PatientBirthDate) ?? "", source.GetString(DicomTag.PatientSex) ?? "");
        return (patient, patient is null ? new DeliveryOutcome.Failed(reason) : null);
    }

    /// <summary>Posts the Provenance after the report where the server does not put it under our id. By then the report is there: what becomes of it is a note.</summary>
    private async Task<DeliveryOutcome> SendProvenanceAsync(
        FhirTransaction transaction, FhirAnswer answer, FhirCapabilities capabilities, CancellationToken cancellationToken)
    {
        if (transaction.Provenance is null)
        {
            return new DeliveryOutcome.Delivered(transaction.Note);
        }

        if (transaction.Locate(answer.Body) is not var (provenance, report, isNew))
        {
            return Delivered(transaction, "without Provenance: the server does not say where the report is");
        }

        // A Provenance has no identifier to search by. Its report and its time stand for one; where even that cannot be
        // asked for, only a report that is new can have none yet.
        if (!capabilities.FindsProvenance && !isNew)
        {
            return Delivered(transaction, "without Provenance: the server cannot tell whether it is there already");
        }

        var search = $"target={report}&recorded={Uri.EscapeDataString(provenance["recorded"]!.GetValue<string>())}";
        var posted = await server.PostAsync(
            "Provenance", Encoding.UTF8.GetBytes(provenance.ToJsonString()), capabilities.FindsProvenance ? search : null, cancellationToken).ConfigureAwait(false);
        return posted.IsSuccess ? new DeliveryOutcome.Delivered(transaction.Note)
            : posted.ToOutcome() is DeliveryOutcome.Failed failed ? Delivered(transaction, $"without Provenance: {failed.Error}")
            : posted.ToOutcome();
    }

    private static DeliveryOutcome.Delivered Delivered(FhirTransaction transaction, string note) =>
        new(transaction.Note.Length == 0 ? note : $"{transaction.Note}; {note}");

    private sealed record Statement(FhirCapabilities Capabilities, DateTimeOffset Until);
}
