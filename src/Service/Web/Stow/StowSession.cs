using System.IO.Pipelines;
using System.Net;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.UpperLayer;
using BrainTumorDicom.Service.Receive;

namespace BrainTumorDicom.Service.Web.Stow;

/// <summary>
/// One Store Instances request (PS3.18 §10.5): its objects go one after the other to the handler that C-STORE uses. What was stored
/// before a request broke off stays stored; its sender was told nothing and sends it again, which changes nothing.
/// </summary>
/// <param name="shared">Limits and log.</param>
/// <param name="handler">Stores.</param>
/// <param name="id">Number of the request.</param>
/// <param name="remote">Where from.</param>
/// <param name="studyInstanceUid">The study that all must belong to; empty when any will do.</param>
internal sealed class StowSession(StowReceiver shared, IAssociationHandler handler, int id, IPEndPoint remote, string studyInstanceUid) : IAsyncDisposable
{
    private readonly DataSetBuffer dataSet = new(shared.Budget, shared.Limits.MaximumDataSetBytes);
    private readonly StowResult result = new();
    private AssociationEnd end = new(AssociationEndKind.ConnectionLost, "the request broke off");

    /// <summary>Number of the request.</summary>
    public int Id => id;

    /// <summary>How it went so far.</summary>
    public StowResult Result => result;

    /// <summary>Reads and stores everything. When this returns, all that <see cref="Result"/> calls stored is durable.</summary>
    /// <param name="body">The body.</param>
    /// <param name="request">How it is packed.</param>
    /// <param name="cancellationToken">The connection is gone.</param>
    /// <exception cref="MultipartFormatException">The body breaks RFC 2046.</exception>
    /// <exception cref="TimeoutException">The sender was silent for too long.</exception>
    /// <exception cref="IOException">The connection broke, or the body is too long.</exception>
    public async Task RunAsync(PipeReader body, StowRequest request, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(shared.Options.StowIdleTimeout, shared.Time);
        using var all = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, shared.Stopping, silence.Token);
        var part = new PartTenObject(dataSet);
        void Alive() => silence.CancelAfter(shared.Options.StowIdleTimeout);
        try
        {
            if (request.Boundary.Length == 0)
            {
                await ReadOneAsync(body, part, Alive, all.Token).ConfigureAwait(false);
            }
            else
            {
                await ReadPartsAsync(new MultipartReader(body, request.Boundary), part, Alive, all.Token).ConfigureAwait(false);
            }

            end = new AssociationEnd(AssociationEndKind.Released, "the request ended");
        }
        catch (MultipartFormatException exception)
        {
            end = new AssociationEnd(AssociationEndKind.Aborted, exception.Message);
            throw;
        }
        catch (OperationCanceledException) when (silence.IsCancellationRequested)
        {
            end = new AssociationEnd(AssociationEndKind.Aborted, "the sender is silent");
            throw new TimeoutException($"nothing came for {shared.Options.StowIdleTimeout}.");
        }
    }

    /// <summary>Tells the handler how the request ended.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await handler.EndedAsync(end).ConfigureAwait(false);
        }
        finally
        {
            dataSet.Dispose();
            shared.Leave();
        }
    }

    private async Task ReadOneAsync(PipeReader body, PartTenObject part, Action alive, CancellationToken cancellationToken)
    {
        part.Begin();
        while (true)
        {
            var read = await body.ReadAsync(cancellationToken).ConfigureAwait(false);
            alive();
            part.Take(read.Buffer);
            body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                break;
            }
        }

        await StoreAsync(part, cancellationToken).ConfigureAwait(false);
        alive();
    }

    private async Task ReadPartsAsync(MultipartReader parts, PartTenObject part, Action alive, CancellationToken cancellationToken)
    {
        while (await parts.NextAsync(cancellationToken).ConfigureAwait(false) is { } headers)
        {
            alive();
            part.Begin();
            await parts.ReadAsync(
                piece =>
                {
                    alive();
                    part.Take(piece);
                },
                cancellationToken).ConfigureAwait(false);
            if (headers.ContentType.Length > 0 && !StowRequest.IsDicom(headers.ContentType))
            {
                Refuse(part, DimseStatus.CannotUnderstand, "the part is not of type application/dicom");
            }
            else if (headers.TransferEncoding.Length > 0 && !headers.TransferEncoding.Equals("binary", StringComparison.OrdinalIgnoreCase))
            {
                // DICOM objects go as they are (PS3.18 §8.7.1).
                Refuse(part, DimseStatus.CannotUnderstand, "the part has a transfer encoding");
            }
            else
            {
                await StoreAsync(part, cancellationToken).ConfigureAwait(false);
                alive();
            }
        }
    }

    private async Task StoreAsync(PartTenObject part, CancellationToken cancellationToken)
    {
        part.End();
        if (Check(part) is { } refusal)
        {
            Refuse(part, refusal.Status, refusal.ErrorComment!);
            return;
        }

        var request = new StoreRequest
        {
            AssociationId = id,
            CallingAe = shared.CallingAe,
            CalledAe = shared.Limits.AeTitle,
            RemoteAddress = remote,
            SopClassUid = part.SopClassUid,
            SopInstanceUid = part.SopInstanceUid,
            TransferSyntaxUid = part.TransferSyntaxUid,
            DataSet = part.DataSet,
        };
        StoreResponse response;
        try
        {
            response = await handler.StoreAsync(request, cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // What the association loop is to C-STORE: a handler's failure costs its own instance, not the request.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            shared.Logger.StoreFailed(exception, id, part.SopInstanceUid);
            response = new StoreResponse(DimseStatus.ProcessingFailure);
        }

        // The handler has logged what it refused.
        result.Add(part.SopClassUid, part.SopInstanceUid, response.Status);
    }

    private StoreResponse? Check(PartTenObject part) =>
        part.Problem.Length > 0
            ? new StoreResponse(DimseStatus.CannotUnderstand, part.Problem)
        : part.IsTooLarge
            ? new StoreResponse(DimseStatus.OutOfResources, "data set exceeds a limit")
        : !shared.AcceptsClass(part.SopClassUid)
            ? new StoreResponse(DimseStatus.SopClassNotSupported, "SOP Class is not taken")
        : !shared.AcceptsSyntax(part.SopClassUid, part.TransferSyntaxUid)
            ? new StoreResponse(DimseStatus.TransferSyntaxNotSupported, "transfer syntax is not taken")
        : studyInstanceUid.Length > 0 && !IsOfStudy(part)
            ? new StoreResponse(DimseStatus.DataSetDoesNotMatchSopClass, "Study Instance UID differs from the request's")
        : null;

    private bool IsOfStudy(PartTenObject part) =>
        DataSetScanner.Scan(part.DataSet, part.TransferSyntaxUid) is var found
        && (found.Problem.Length > 0 || string.Equals(found.StudyInstanceUid, studyInstanceUid, StringComparison.Ordinal));

    private void Refuse(PartTenObject part, DimseStatus status, string comment)
    {
        shared.Logger.InstanceRefused(id, part.SopInstanceUid, status.ToString(), comment);
        result.Add(part.SopClassUid, part.SopInstanceUid, status);
    }
}
