using System.Buffers;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.UpperLayer;
using BrainTumorDicom.Service.Journal;
using Microsoft.Extensions.Logging;

namespace BrainTumorDicom.Service.Receive;

/// <summary>
/// Stores what one association sends. Success goes out only when the bytes are on disk; no database stands before it.
/// </summary>
internal sealed class StoreHandler(
    SegmentWriter segment,
    JournalReader reader,
    InstanceIndex index,
    LedgerWriter ledger,
    StudyCompleteness completeness,
    FreeSpace space,
    TimeProvider time,
    ILogger logger) : IAssociationHandler
{
    private long association;
    private RecordHeader? last;

    /// <inheritdoc/>
    public async ValueTask<StoreResponse> StoreAsync(StoreRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        association = request.AssociationId;
        var found = DataSetScanner.Scan(request.DataSet, request.TransferSyntaxUid);
        if (Check(request, found) is { } refusal)
        {
            return Refuse(request, refusal);
        }

        if (!space.IsEnoughFor(request.DataSet.Length))
        {
            return Refuse(request, new StoreResponse(DimseStatus.OutOfResources, "the disk is full"));
        }

        using var claim = await index.ClaimAsync(request.SopInstanceUid, cancellationToken).ConfigureAwait(false);
        var checksum = default(Crc32C).Append(request.DataSet).Value;
        if (claim.Versions.Any(version => Same(version, request, checksum)))
        {
            completeness.Repeated(found.StudyInstanceUid, request.AssociationId);
            logger.Repeated(request.AssociationId, request.SopInstanceUid);
            return new StoreResponse(DimseStatus.Success);
        }

        var header = Header(request, found, variant: claim.Versions.Count == 0 ? 0 : claim.Versions.Max(version => version.Variant) + 1);
        return await AppendAsync(header, request.DataSet, checksum, claim, OwnResult.Is(found)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask EndedAsync(AssociationEnd end)
    {
        ArgumentNullException.ThrowIfNull(end);
        var outcome = end.Kind switch
        {
            AssociationEndKind.Released => SegmentOutcome.Released,
            AssociationEndKind.Aborted => SegmentOutcome.Aborted,
            _ => SegmentOutcome.Lost,
        };
        if (last is not null && segment.End(last with { Received = time.GetUtcNow() }, outcome) is { } mark)
        {
            await ledger.AddAsync(mark).ConfigureAwait(false);
        }

        // Also after nothing but repeats: they may have kept a study awake.
        completeness.Ended(association, outcome);
    }

    /// <summary>The failures of PS3.4 Table B.2-1 that the data set itself shows.</summary>
    private static StoreResponse? Check(StoreRequest request, DataSetIndex found)
    {
        if (found.Problem.Length > 0)
        {
            return new StoreResponse(DimseStatus.CannotUnderstand, found.Problem);
        }

        if (!string.Equals(found.SopClassUid, request.SopClassUid, StringComparison.Ordinal))
        {
            return new StoreResponse(DimseStatus.DataSetDoesNotMatchSopClass, "SOP Class UID differs from the command's");
        }

        if (!string.Equals(found.SopInstanceUid, request.SopInstanceUid, StringComparison.Ordinal))
        {
            return new StoreResponse(DimseStatus.DataSetDoesNotMatchSopClass, "SOP Instance UID differs from the command's");
        }

        return !IsUid(found.SopInstanceUid) ? new StoreResponse(DimseStatus.CannotUnderstand, "SOP Instance UID is not a UID")
            : !IsUid(found.StudyInstanceUid) ? new StoreResponse(DimseStatus.CannotUnderstand, "Study Instance UID is missing or not a UID")
            : !IsUid(found.SeriesInstanceUid) ? new StoreResponse(DimseStatus.CannotUnderstand, "Series Instance UID is missing or not a UID")
            : null;
    }

    /// <summary>
    /// Digits and dots, at most 64 (PS3.5 §9.1); leading zeros, which some devices write, pass. Strict about the rest because UIDs name folders.
    /// </summary>
    private static bool IsUid(string value) =>
        value.Length is > 0 and <= 64 && char.IsAsciiDigit(value[0]) && value.All(letter => letter == '.' || char.IsAsciiDigit(letter));

    private bool Same(StoredVersion version, StoreRequest request, uint checksum)
    {
        if (version.DataLength != request.DataSet.Length || version.DataChecksum != checksum)
        {
            return false;
        }

        try
        {
            return reader.Holds(version.Segment, version.Offset, request.TransferSyntaxUid, request.DataSet);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            // What is stored cannot be read any more: the instance is kept anew.
            logger.StoredUnreadable(exception, request.SopInstanceUid, version.Segment, version.Offset);
            return false;
        }
    }

    private RecordHeader Header(StoreRequest request, DataSetIndex found, int variant) => new()
    {
        AssociationId = request.AssociationId,
        Received = time.GetUtcNow(),
        CallingAe = request.CallingAe.ToString(),
        Variant = variant,
        SopClassUid = found.SopClassUid,
        SopInstanceUid = found.SopInstanceUid,
        TransferSyntaxUid = request.TransferSyntaxUid,
        StudyInstanceUid = found.StudyInstanceUid,
        SeriesInstanceUid = found.SeriesInstanceUid,
        Modality = found.Modality.Length <= 16 ? found.Modality : "",
    };

    private async ValueTask<StoreResponse> AppendAsync(RecordHeader header, ReadOnlySequence<byte> data, uint checksum, InstanceIndex.Claim claim, bool isOwn)
    {
        JournalEntry entry;
        try
        {
            entry = segment.Append(header, data, checksum);
        }
        catch (IOException exception)
        {
            logger.WriteFailed(exception, header.AssociationId, header.SopInstanceUid);
            return new StoreResponse(DimseStatus.OutOfResources, "the instance could not be written to disk");
        }

        last = header;
        claim.Add(new StoredVersion(entry.Segment, entry.Offset, entry.Lengths.Data, checksum, header.Variant));
        await ledger.AddAsync(entry with { IsOwnResult = isOwn }).ConfigureAwait(false);
        if (isOwn)
        {
            completeness.Repeated(header.StudyInstanceUid, header.AssociationId);
            logger.OwnResult(header.StudyInstanceUid, header.SopInstanceUid, header.CallingAe);
            return new StoreResponse(DimseStatus.Success);
        }

        completeness.Stored(header.StudyInstanceUid, header.AssociationId);
        if (header.Variant > 0)
        {
            logger.Conflict(header.AssociationId, header.SopInstanceUid, header.Variant);
        }
        else
        {
            logger.Stored(header.AssociationId, header.SopInstanceUid);
        }

        return new StoreResponse(DimseStatus.Success);
    }

    private StoreResponse Refuse(StoreRequest request, StoreResponse response)
    {
        logger.Refused(request.AssociationId, request.SopInstanceUid, response.Status.Code, response.ErrorComment ?? "");
        return response;
    }
}
