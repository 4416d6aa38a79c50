using Microsoft.Extensions.Logging;

namespace BrainTumorDicom.Service.Retention;

/// <summary>What retention logs: events 3300 to 3399.</summary>
internal static partial class RetentionLog
{
    [LoggerMessage(EventId = 3300, Level = LogLevel.Information, Message = "Retention: segment {Segment} removed with {Instances} instances; all of their studies are reported and delivered")]
    internal static partial void SegmentRemoved(this ILogger logger, long segment, int instances);

    [LoggerMessage(EventId = 3301, Level = LogLevel.Warning, Message = "Retention: segment {Segment} could not be removed; the next start does it")]
    internal static partial void RemoveFailed(this ILogger logger, Exception exception, long segment);

    [LoggerMessage(EventId = 3302, Level = LogLevel.Warning, Message = "Retention: {Free} bytes are free, less than {Goal}: the oldest delivered segments go before their age")]
    internal static partial void DiskNearlyFull(this ILogger logger, long free, long goal);

    [LoggerMessage(EventId = 3303, Level = LogLevel.Error, Message = "Retention failed; it is tried again")]
    internal static partial void Failed(this ILogger logger, Exception exception);
}
