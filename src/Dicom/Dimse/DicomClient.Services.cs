using System.Buffers;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Dicom.UpperLayer;

namespace BrainTumorDicom.Dicom.Dimse;

public sealed partial class DicomClient
{
    /// <summary>C-FIND (PS3.7 §9.1.2). Beyond <paramref name="maximumMatches"/> the rest is cancelled (C-CANCEL, §9.3.2.3).</summary>
    /// <param name="informationModel">SOP class of the search, such as Study Root Query/Retrieve Information Model – FIND; its context must be accepted.</param>
    /// <param name="identifier">The keys (PS3.4 §C.4.1.1.3).</param>
    /// <param name="maximumMatches">Most identifiers kept, each at most 1 MiB as sent.</param>
    /// <param name="cancellationToken">Aborts the association.</param>
    /// <exception cref="DicomException">No such context, the peer aborts, or an identifier cannot be read.</exception>
    /// <exception cref="IOException">The connection is lost, or no answer comes in time.</exception>
    public async Task<FindResult> FindAsync(
        DicomUid informationModel, DicomDataset identifier, int maximumMatches, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumMatches, 1);
        var context = ContextOf(informationModel);
        var syntax = DicomTransferSyntax.Find(context.TransferSyntax)!;
        var command = new CommandSet { SopClassUid = context.AbstractSyntax, Field = CommandField.FindRequest, MessageId = ++lastMessageId, DataSetType = 0 };
        var matches = new List<DicomDataset>();
        var (hasUnsupportedKeys, cancelledAt) = (false, (long?)null);
        var response = await AskAsync(context.Id, command, Encode(identifier, syntax), cancellationToken).ConfigureAwait(false);
        while (response.Status.IsPending)
        {
            hasUnsupportedKeys |= response.Status.Code == 0xFF01;
            if (matches.Count < maximumMatches)
            {
                matches.Add(ReadMatch(response, syntax));
            }
            else if (cancelledAt is null)
            {
                cancelledAt = time.GetTimestamp();
                Cancel(context.Id, command.MessageId);
            }
            else if (time.GetElapsedTime(cancelledAt.Value) > options.ResponseTimeout)
            {
                association.Abort("the search goes on after its cancel");
                throw new IOException($"{options.CalledAe} goes on with a cancelled search.");
            }

            response = await AnswerAsync(session.NextAsync(), options.ResponseTimeout, cancellationToken).ConfigureAwait(false);
        }

        return new FindResult(response.Status, response.ErrorComment, matches, cancelledAt is not null, hasUnsupportedKeys);
    }

    /// <summary>N-ACTION (PS3.7 §10.1.4).</summary>
    /// <param name="sopClass">Requested SOP Class; its context must be accepted.</param>
    /// <param name="sopInstance">Requested SOP Instance.</param>
    /// <param name="actionTypeId">What is to be done, by the SOP class.</param>
    /// <param name="information">Action Information.</param>
    /// <param name="cancellationToken">Aborts the association.</param>
    /// <exception cref="DicomException">No such context, or the peer aborts.</exception>
    /// <exception cref="IOException">The connection is lost, or no answer comes in time.</exception>
    public async Task<DimseResponse> ActionAsync(
        DicomUid sopClass, DicomUid sopInstance, ushort actionTypeId, DicomDataset information, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(information);
        var context = ContextOf(sopClass);
        var command = new CommandSet
        {
            SopClassUid = context.AbstractSyntax,
            Field = CommandField.ActionRequest,
            MessageId = ++lastMessageId,
            DataSetType = 0,
            SopInstanceUid = sopInstance.Value,
            ActionTypeId = actionTypeId,
        };
        var bytes = Encode(information, DicomTransferSyntax.Find(context.TransferSyntax)!);
        var response = await AskAsync(context.Id, command, bytes, cancellationToken).ConfigureAwait(false);
        return new DimseResponse(response.Status, response.ErrorComment);
    }

    private static ReadOnlyMemory<byte> Encode(DicomDataset dataset, DicomTransferSyntax syntax)
    {
        var output = new ArrayBufferWriter<byte>();
        DicomDatasetWriter.Write(dataset, syntax, output);
        return output.WrittenMemory;
    }

    private DicomDataset ReadMatch(ClientResponse response, DicomTransferSyntax syntax)
    {
        if (response.DataSetOverflowed)
        {
            association.Abort("an identifier is too large");
            throw new DicomException($"{options.CalledAe} sent an identifier over 1 MiB.");
        }

        try
        {
            return DicomDatasetReader.Read(response.DataSet, syntax);
        }
        catch (DicomFormatException)
        {
            association.Abort("an identifier cannot be read");
            throw;
        }
    }

    private void Cancel(byte contextId, ushort messageId)
    {
        var command = new CommandSet { Field = CommandField.CancelRequest, MessageIdBeingRespondedTo = messageId, DataSetType = CommandSet.NoDataSet };
        association.Send(new DataRequest(contextId, command.ToArray(), default));
    }
}
