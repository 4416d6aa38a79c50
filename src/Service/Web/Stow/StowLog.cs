using System.Net;
using Microsoft.Extensions.Logging;

namespace BrainTumorDicom.Service.Web.Stow;

/// <summary>What STOW-RS logs: events 3200 to 3299. UIDs only, never patient attributes.</summary>
internal static partial class StowLog
{
    [LoggerMessage(EventId = 3200, Level = LogLevel.Information, Message = "STOW-RS {Request}: {Stored} stored, {Failed} failed, from {Remote}")]
    internal static partial void Answered(this ILogger logger, int request, int stored, int failed, IPEndPoint remote);

    [LoggerMessage(EventId = 3201, Level = LogLevel.Warning, Message = "STOW-RS {Request}: broken off after {Stored} stored, from {Remote}: {Reason}")]
    internal static partial void BrokenOff(this ILogger logger, int request, int stored, IPEndPoint remote, string reason);

    [LoggerMessage(EventId = 3202, Level = LogLevel.Warning, Message = "STOW-RS request from {Remote} refused with {Status}: {Reason}")]
    internal static partial void RequestRefused(this ILogger logger, IPEndPoint remote, int status, string reason);

    [LoggerMessage(EventId = 3203, Level = LogLevel.Warning, Message = "STOW-RS {Request}: {SopInstanceUid} refused with {Status}: {Comment}")]
    internal static partial void InstanceRefused(this ILogger logger, int request, string sopInstanceUid, string status, string comment);

    [LoggerMessage(EventId = 3204, Level = LogLevel.Error, Message = "STOW-RS {Request}: {SopInstanceUid} failed")]
    internal static partial void StoreFailed(this ILogger logger, Exception exception, int request, string sopInstanceUid);
}
