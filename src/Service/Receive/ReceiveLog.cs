using Microsoft.Extensions.Logging;

namespace BrainTumorDicom.Service.Receive;

/// <summary>What receiving logs: events 3100 to 3199.</summary>
internal static partial class ReceiveLog
{
    [LoggerMessage(EventId = 3100, Level = LogLevel.Debug, Message = "Association {AssociationId}: stored {SopInstanceUid}")]
    internal static partial void Stored(this ILogger logger, long associationId, string sopInstanceUid);

    [LoggerMessage(EventId = 3101, Level = LogLevel.Debug, Message = "Association {AssociationId}: {SopInstanceUid} is stored already")]
    internal static partial void Repeated(this ILogger logger, long associationId, string sopInstanceUid);

    [LoggerMessage(EventId = 3102, Level = LogLevel.Warning, Message = "Association {AssociationId}: {SopInstanceUid} came with other content than before; kept apart as variant {Variant}")]
    internal static partial void Conflict(this ILogger logger, long associationId, string sopInstanceUid, int variant);

    [LoggerMessage(EventId = 3103, Level = LogLevel.Warning, Message = "Association {AssociationId}: {SopInstanceUid} refused with status {Status:X4}: {Comment}")]
    internal static partial void Refused(this ILogger logger, long associationId, string sopInstanceUid, ushort status, string comment);

    [LoggerMessage(EventId = 3104, Level = LogLevel.Error, Message = "Association {AssociationId}: {SopInstanceUid} could not be written to the journal")]
    internal static partial void WriteFailed(this ILogger logger, Exception exception, long associationId, string sopInstanceUid);

    [LoggerMessage(EventId = 3105, Level = LogLevel.Information, Message = "Study {StudyInstanceUid}: revision {Revision} is ready for analysis (complete: {Complete}) {IncompleteReason}")]
    internal static partial void StudyReady(this ILogger logger, string studyInstanceUid, int revision, bool complete, string incompleteReason);

    [LoggerMessage(EventId = 3106, Level = LogLevel.Error, Message = "Study {StudyInstanceUid}: could not be handed on for analysis; tried again later")]
    internal static partial void HandOnFailed(this ILogger logger, Exception exception, string studyInstanceUid);

    [LoggerMessage(EventId = 3107, Level = LogLevel.Error, Message = "{Count} instances could not be written to the ledger; they are safe in the journal")]
    internal static partial void LedgerWriteFailed(this ILogger logger, Exception exception, int count);

    [LoggerMessage(EventId = 3108, Level = LogLevel.Information, Message = "Journal: {Instances} instances read back from {Segments} segments, {Damages} damaged places")]
    internal static partial void Recovered(this ILogger logger, int instances, int segments, int damages);

    [LoggerMessage(EventId = 3109, Level = LogLevel.Error, Message = "Segment {Segment}: shorter than the ledger knows ({Length} of {Through} bytes); instances in it are lost")]
    internal static partial void SegmentShrank(this ILogger logger, long segment, long length, long through);

    [LoggerMessage(EventId = 3110, Level = LogLevel.Information, Message = "Study {StudyInstanceUid}: an earlier run left it before analysis")]
    internal static partial void StudyResumed(this ILogger logger, string studyInstanceUid);

    [LoggerMessage(EventId = 3112, Level = LogLevel.Error, Message = "Segment {Segment}: missing, and not removed by retention; instances in it are lost")]
    internal static partial void SegmentMissing(this ILogger logger, long segment);

    [LoggerMessage(EventId = 3113, Level = LogLevel.Error, Message = "{SopInstanceUid}: its record at byte {Offset} of segment {Segment} is damaged; it is left out of the analysis")]
    internal static partial void StoredDamaged(this ILogger logger, Exception exception, string sopInstanceUid, long segment, long offset);

    [LoggerMessage(EventId = 3111, Level = LogLevel.Error, Message = "{SopInstanceUid}: its record at byte {Offset} of segment {Segment} cannot be read; it is kept anew")]
    internal static partial void StoredUnreadable(this ILogger logger, Exception exception, string sopInstanceUid, long segment, long offset);

    [LoggerMessage(EventId = 3112, Level = LogLevel.Warning, Message = "Study {StudyInstanceUid}: {Source} could not be asked whether it is here whole: {Reason}")]
    internal static partial void SourceSilent(this ILogger logger, string studyInstanceUid, string source, string reason);

    [LoggerMessage(EventId = 3113, Level = LogLevel.Information, Message = "Study {StudyInstanceUid}: waits for more. {Shortfall}")]
    internal static partial void StudyWaits(this ILogger logger, string studyInstanceUid, string shortfall);

    [LoggerMessage(EventId = 3114, Level = LogLevel.Information, Message = "Study {StudyInstanceUid}: {SopInstanceUid} from {CallingAe} is a result of this program; kept, not analysed")]
    internal static partial void OwnResult(this ILogger logger, string studyInstanceUid, string sopInstanceUid, string callingAe);
}
