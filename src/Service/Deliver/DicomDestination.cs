using System.Buffers;
using System.Globalization;
using BrainTumorDicom.Dicom;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Dicom.StorageCommitment;
using BrainTumorDicom.Dicom.UpperLayer;

namespace BrainTumorDicom.Service.Deliver;

/// <summary>Sends objects by C-STORE (PS3.4 Annex B), one in an association; an SR in the first storage class that the destination accepts of all that are proposed.</summary>
/// <param name="address">Where it is.</param>
/// <param name="choice">Which class of SR it gets.</param>
/// <param name="callingAe">Our title.</param>
/// <param name="timeout">How long it may stay silent.</param>
/// <param name="commitmentWait">How long to wait for the answer to a storage commitment request; <see langword="null"/> where none is made.</param>
/// <param name="tls">How the connection is encrypted; <see langword="null"/> for not at all.</param>
/// <param name="kinds">What it gets; <see langword="null"/> for the usual.</param>
internal sealed class DicomDestination(
    DicomAddress address,
    StructuredReportChoice choice,
    AeTitle callingAe,
    TimeSpan timeout,
    TimeSpan? commitmentWait = null,
    TlsClientOptions? tls = null,
    IReadOnlyList<string>? kinds = null) : ICommittingDestination
{
    private static readonly DicomTransferSyntax[] Syntaxes = [DicomTransferSyntax.ExplicitVrLittleEndian, DicomTransferSyntax.ImplicitVrLittleEndian];

    /// <inheritdoc/>
    public string Name { get; } = address.ToString();

    /// <inheritdoc/>
    public IReadOnlyList<string> Kinds { get; } = kinds ?? DicomObject.Usual;

    /// <inheritdoc/>
    public async Task<DeliveryOutcome> DeliverAsync(string kind, string reportFolder, CancellationToken cancellationToken)
    {
        try
        {
            var objects = DicomObject.Of(kind, choice);
            var client = await DicomClient.ConnectAsync(Options(Contexts(objects)), cancellationToken).ConfigureAwait(false);
            await using (client.ConfigureAwait(false))
            {
                var outcome = await StoreAsync(client, objects, reportFolder, cancellationToken).ConfigureAwait(false);
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
            var options = Options([CommitmentRequest.Context]) with { EventReports = reports };
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

    // One context for each class and syntax: with both syntaxes in one, the peer would choose, not we.
    private static IReadOnlyList<PresentationContextProposal> Contexts(IReadOnlyList<DicomObject> objects) =>
        [.. objects.SelectMany(_ => Syntaxes, (one, syntax) => new PresentationContextProposal(one.SopClassUid, [syntax.Uid.Value]))];

    private DicomClientOptions Options(IReadOnlyList<PresentationContextProposal> contexts) => new()
    {
        Host = address.Host,
        Port = address.Port,
        CalledAe = address.AeTitle,
        CallingAe = callingAe,
        Contexts = contexts,
        Tls = tls,
        ConnectTimeout = timeout,
        ResponseTimeout = timeout,
    };

    private async Task<DeliveryOutcome> StoreAsync(
        DicomClient client, IReadOnlyList<DicomObject> objects, string reportFolder, CancellationToken cancellationToken)
    {
        DeliveryOutcome outcome = new DeliveryOutcome.Retry(
            objects.Count > 1 ? "accepts none of the SR storage classes proposed" : $"does not accept {objects[0].Label} storage");
        foreach (var one in objects)
        {
            var syntax = Array.Find(Syntaxes, syntax => client.Accepts(one.SopClassUid, syntax.Uid.Value));
            if (syntax is null)
            {
                continue;
            }

            var file = DicomFile.Read(Path.Combine(reportFolder, one.File));
            var bytes = new ArrayBufferWriter<byte>();
            DicomDatasetWriter.Write(file.Dataset, syntax, bytes);
            var uid = file.Dataset.GetString(DicomTag.SOPInstanceUID) ?? "";
            var response = await client.StoreAsync(one.SopClassUid, uid, syntax.Uid.Value, bytes.WrittenMemory, cancellationToken).ConfigureAwait(false);
            outcome = Outcome(response, one, commitmentWait is null ? null : new SopReference(one.SopClassUid, uid));

            // Accepted in negotiation and refused in the response: some archives do. Then the next class.
            if (outcome is not DeliveryOutcome.Failed)
            {
                break;
            }
        }

        return outcome;
    }

    private static DeliveryOutcome Outcome(StoreResponse response, DicomObject sent, SopReference? toCommit)
    {
        var said = string.Create(CultureInfo.InvariantCulture, $"{sent.Label}, status {response.Status} {response.ErrorComment}").TrimEnd();
        return response.Status.IsSuccess || response.Status.IsWarning || response.Status.Code == StoreFailure.Duplicate ? new DeliveryOutcome.Delivered(said, toCommit)
            : StoreFailure.IsFinal(response.Status.Code) ? new DeliveryOutcome.Failed(said)
            : new DeliveryOutcome.Retry(said);
    }

    private static string OneLine(string message) => message.ReplaceLineEndings(" ");
}
