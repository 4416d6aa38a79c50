using System.Buffers;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Dicom.UpperLayer;

namespace BrainTumorDicom.Dicom.Dimse;

/// <summary>Takes N-EVENT-REPORT requests (PS3.7 §10.1.1) of SOP classes that we use as SCU.</summary>
/// <param name="SopClasses">Their UIDs.</param>
/// <param name="TakeAsync">Takes a report; success only once it is safe. May be called by several associations at once.</param>
public sealed record EventReportService(
    IReadOnlyList<string> SopClasses, Func<EventReport, CancellationToken, ValueTask<DimseResponse>> TakeAsync)
{
    /// <summary>Hands a report on and makes the response to it.</summary>
    /// <param name="message">The request.</param>
    /// <param name="abstractSyntax">Of its presentation context.</param>
    /// <param name="transferSyntax">Of its presentation context.</param>
    /// <param name="peer">Who reports.</param>
    /// <param name="failed">Told what the handler threw, which costs the report and not the association.</param>
    /// <param name="cancellationToken">Ends the handler.</param>
    internal async Task<DataRequest> AnswerAsync(
        DimseMessage message, string abstractSyntax, string transferSyntax, AeTitle peer, Action<Exception> failed, CancellationToken cancellationToken)
    {
        DimseResponse answer;
        try
        {
            answer = message.Command.SopClassUid != abstractSyntax ? new DimseResponse(DimseStatus.SopClassNotSupported, "SOP Class is not that of the presentation context")
                : message.DataSetOverflowed ? new DimseResponse(DimseStatus.ProcessingFailure, "data set exceeds a limit")
                : await TakeAsync(Read(message, transferSyntax, peer), cancellationToken).ConfigureAwait(false);
        }
        catch (DicomFormatException)
        {
            answer = new DimseResponse(DimseStatus.InvalidArgumentValue, "the event information cannot be read");
        }
        catch (Exception exception)
        {
            // Part of the association loop: a handler's failure costs its own report, not the association.
            failed(exception);
            answer = new DimseResponse(DimseStatus.ProcessingFailure, "internal error");
        }

        var response = new CommandSet
        {
            SopClassUid = message.Command.SopClassUid,
            Field = CommandField.EventReportRequest | CommandField.ResponseBit,
            MessageIdBeingRespondedTo = message.Command.MessageId,
            DataSetType = CommandSet.NoDataSet,
            Status = answer.Status.Code,
            ErrorComment = answer.Status.IsSuccess ? null : answer.ErrorComment,
            SopInstanceUid = message.Command.SopInstanceUid,
            EventTypeId = message.Command.EventTypeId,
        };
        return new DataRequest(message.ContextId, response.ToArray(), default);
    }

    private static EventReport Read(DimseMessage message, string transferSyntax, AeTitle peer) => new(
        peer,
        message.Command.SopClassUid!,
        message.Command.SopInstanceUid,
        message.Command.EventTypeId,
        message.DataSet.IsEmpty ? new DicomDataset() : DicomDatasetReader.Read(message.DataSet.ToArray(), DicomTransferSyntax.Find(transferSyntax)!));
}
