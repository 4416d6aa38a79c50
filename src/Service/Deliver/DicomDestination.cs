using System.Buffers;
using System.Globalization;
using BrainTumorDicom.Dicom;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Dicom.StorageCommitment;
using BrainTumorDicom.Dicom.UpperLayer;
using BrainTumorDicom.Reports.StructuredReport;

namespace BrainTumorDicom.Service.Deliver;

/// <summary>Sends the SR by C-STORE (PS3.4 Annex B) in the first storage class that the destination accepts; all are proposed in one association.</summary>
/// <param name="address">Where it is.</param>
/// <param name="choice">Which class it gets.</param>
/// <param name="callingAe">Our title.</param>
/// <param name="timeout">How long it may stay silent.</param>
/// <param name="commitmentWait">How long to wait for the answer to a storage commitment request; <see langword="null"/> where none is made.</param>
/// <param name="tls">How the connection is encrypted; <see langword="null"/> for not at all.</param>
internal sealed class DicomDestination(
    DicomAddress address, StructuredReportChoice choice, AeTitle callingAe, TimeSpan timeout, TimeSpan? commitmentWait = null, TlsClientOptions? tls = null) : ICommittingDestination
{
    private static readonly DicomTransferSyntax[] Syntaxes = [DicomTransferSyntax.ExplicitVrLittleEndian, DicomTransferSyntax.ImplicitVrLittleEndian];

    /// <inheritdoc/>
    public string Name { get; } = address.ToString();

    /// <inheritdoc/>
    public IReadOnlyList<string> Kinds { get; } = [ReportKinds.StructuredReport];

    private StructuredReportClass[] Classes => choice switch
    {
        StructuredReportChoice.Comprehensive3D => [StructuredReportClass.Comprehensive3D],
        StructuredReportChoice.Comprehensive => [StructuredReportClass.Comprehensive],
        StructuredReportChoice.Enhanced => [StructuredReportClass.Enhanced],
        _ => [StructuredReportClass.Comprehensive3D, StructuredReportClass.Comprehensive, StructuredReportClass.Enhanced],
    };

    /// <inheritdoc/>
    public async Task<DeliveryOutcome> DeliverAsync(string kind, string reportFolder, CancellationToken cancellationToken)
    {
        try
        {
            var client = await DicomClient.ConnectAsync(Options(), cancellationToken).ConfigureAwait(false);
            await using (client.ConfigureAwait(false))
            {
                var outcome = await StoreAsync(client, reportFolder, cancellationToken).ConfigureAwait(false);
                await client.ReleaseAsync(cancellationToken).ConfigureAwait(false);
                return outcome;
            }
        }
        catch (DicomException error)
        {
            // A permanent rejection too: the AE title may be entered at the destination tomorrow, and the report is not at fault.
            return new DeliveryOutcome.Retry(OneLine(error.Message));
        }
        catch (InvalidDataException error)
        {
            // A certificate's file: somebody mends it.
            return new DeliveryOutcome.Retry(OneLine(error.Message));
        }
        catch (IOException error) when (error is not FileNotFoundException and not DirectoryNotFoundException)
        {
            return new DeliveryOutcome.Retry($"not reached: {OneLine(error.Message)}");
        }
    }

    /// <inheritdoc/>
    public async Task<string?> RequestCommitmentAsync(
        SopReference instance, DicomUid transaction, EventReportService reports, Task answered, CancellationToken cancellationToken)
    {
        try
        {
            var options = Options() with { Contexts = [CommitmentRequest.Context], EventReports = reports };
            var client = await DicomClient.ConnectAsync(options, cancellationToken).ConfigureAwait(false);
            await using (client.ConfigureAwait(false))
            {
                var response = await CommitmentRequest.SendAsync(client, transaction, [instance], cancellationToken).ConfigureAwait(false);
                if (response.Status.IsSuccess)
                {
                    await LingerAsync(client, answered, cancellationToken).ConfigureAwait(false);
                    return null;
                }

                await client.ReleaseAsync(cancellationToken).ConfigureAwait(false);
                return $"storage commitment refused: status {response.Status} {response.ErrorComment}".TrimEnd();
            }
        }
        catch (Exception error) when (error is DicomException or IOException)
        {
            return $"storage commitment not asked for: {OneLine(error.Message)}";
        }
    }

    /// <summary>Keeps the association open for an answer on it.</summary>
    private async Task LingerAsync(DicomClient client, Task answered, CancellationToken cancellationToken)
    {
        try
        {
            await answered.WaitAsync(commitmentWait ?? TimeSpan.Zero, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await client.ReleaseAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is DicomException or IOException)
        {
            // It has the request, and may close the association as it likes.
        }
    }

    private DicomClientOptions Options() => new()
    {
        Host = address.Host,
        Port = address.Port,
        CalledAe = address.AeTitle,
        CallingAe = callingAe,

        // One context for each class and syntax: with both syntaxes in one, the peer would choose, not we.
        Contexts =
        [
            .. Classes.SelectMany(_ => Syntaxes, (kind, syntax) =>
                new PresentationContextProposal(StructuredReportWriter.SopClass(kind).Value, [syntax.Uid.Value])),
        ],
        Tls = tls,
        ConnectTimeout = timeout,
        ResponseTimeout = timeout,
    };

    private async Task<DeliveryOutcome> StoreAsync(DicomClient client, string reportFolder, CancellationToken cancellationToken)
    {
        DeliveryOutcome outcome = new DeliveryOutcome.Retry("accepts none of the SR storage classes proposed");
        foreach (var kind in Classes)
        {
            var sopClass = StructuredReportWriter.SopClass(kind).Value;
            var syntax = Array.Find(Syntaxes, one => client.Accepts(sopClass, one.Uid.Value));
            if (syntax is null)
            {
                continue;
            }

            var file = DicomFile.Read(Path.Combine(reportFolder, ReportKinds.StructuredReportFile(kind)));
            var bytes = new ArrayBufferWriter<byte>();
            DicomDatasetWriter.Write(file.Dataset, syntax, bytes);
            var uid = file.Dataset.GetString(DicomTag.SOPInstanceUID) ?? "";
            var response = await client.StoreAsync(sopClass, uid, syntax.Uid.Value, bytes.WrittenMemory, cancellationToken).ConfigureAwait(false);
            outcome = Outcome(response, kind, commitmentWait is null ? null : new SopReference(sopClass, uid));

            // Accepted in negotiation and refused in the response: some archives do. Then the next class.
            if (outcome is not DeliveryOutcome.Failed)
            {
                break;
            }
        }

        return outcome;
    }

    /// <summary>What a C-STORE status means for the report (PS3.4 Table B.2-1, PS3.7 Annex C).</summary>
    private static DeliveryOutcome Outcome(StoreResponse response, StructuredReportClass kind, SopReference? toCommit)
    {
        var said = string.Create(CultureInfo.InvariantCulture, $"{kind} SR, status {response.Status} {response.ErrorComment}").TrimEnd();
        return response.Status switch
        {
            // 0111H: the instance is there already, from an attempt whose answer was lost.
            { IsSuccess: true } or { IsWarning: true } or { Code: 0x0111 } => new DeliveryOutcome.Delivered(said, toCommit),
            { Code: 0x0122 or 0x0117 or 0x0106 or 0x0120 or 0x0121 or (>= 0xA800 and <= 0xA9FF) or (>= 0xC000 and <= 0xCFFF) } => new DeliveryOutcome.Failed(said),

            // A7xxH out of resources, 0110H processing failure, 0124H not authorized and the rest: of the destination, and may pass.
            _ => new DeliveryOutcome.Retry(said),
        };
    }

    private static string OneLine(string message) => message.ReplaceLineEndings(" ");
}
