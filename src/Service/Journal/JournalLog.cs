using Microsoft.Extensions.Logging;

namespace BrainTumorDicom.Service.Journal;

/// <summary>What the journal logs: events 3000 to 3099.</summary>
internal static partial class JournalLog
{
    [LoggerMessage(EventId = 3000, Level = LogLevel.Warning, Message = "Association {AssociationId}: the end could not be written to segment {Segment}")]
    internal static partial void EndNotWritten(this ILogger logger, Exception exception, long associationId, long segment);

    [LoggerMessage(EventId = 3001, Level = LogLevel.Warning, Message = "Segment {Segment}: the part after byte {Offset} could not be cut off; the next start does it")]
    internal static partial void CutOffFailed(this ILogger logger, Exception exception, long segment, long offset);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Warning, Message = "Association {AssociationId}: segment {Segment} is given up after a failed write; the next instance begins another")]
    internal static partial void SegmentAbandoned(this ILogger logger, long associationId, long segment);

    [LoggerMessage(EventId = 3003, Level = LogLevel.Warning, Message = "Segment {Segment}: a torn record of {Length} bytes at byte {Offset} was cut off ({Reason}); a copy is in {SetAside}")]
    internal static partial void TornRecord(this ILogger logger, long segment, long offset, long length, string reason, string setAside);

    [LoggerMessage(EventId = 3004, Level = LogLevel.Error, Message = "Segment {Segment}: {Length} bytes at byte {Offset} are damaged ({Reason}); a copy is in {SetAside}; the rest was read")]
    internal static partial void Damaged(this ILogger logger, long segment, long offset, long length, string reason, string setAside);

    [LoggerMessage(EventId = 3005, Level = LogLevel.Warning, Message = "Spare segments cannot be made; receiving goes on without")]
    internal static partial void SpareFailed(this ILogger logger, Exception exception);
}
