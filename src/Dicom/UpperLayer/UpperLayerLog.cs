using Microsoft.Extensions.Logging;

namespace BrainTumorDicom.Dicom.UpperLayer;

internal static partial class UpperLayerLog
{
    [LoggerMessage(EventId = 1000, Level = LogLevel.Information, Message = "Association {AssociationId}: ended ({Kind}): {Detail}")]
    internal static partial void Ended(this ILogger logger, int associationId, AssociationEndKind kind, string detail);

    [LoggerMessage(EventId = 1001, Level = LogLevel.Error, Message = "Association {AssociationId}: internal error, connection closed")]
    internal static partial void LoopFailed(this ILogger logger, Exception exception, int associationId);
}
