using Microsoft.Extensions.Logging;

namespace BrainTumorDicom.Service.Hosting;

/// <summary>What starting and stopping say. Ids from 600.</summary>
internal static partial class HostingLog
{
    [LoggerMessage(600, LogLevel.Information, "BrainTumorDicom {Version}, research use only, not for diagnosis; data in {Folder}")]
    public static partial void Starting(this ILogger logger, string version, string folder);

    [LoggerMessage(601, LogLevel.Information, "Model {Name} {Version} ({Sha256}) on {Device}")]
    public static partial void ModelLoaded(this ILogger logger, string name, string version, string sha256, string device);

    [LoggerMessage(602, LogLevel.Information, "{Name} listens on {Address}: reachable from this machine only (set {Setting} to change that)")]
    public static partial void ListensLocally(this ILogger logger, string name, string address, string setting);

    [LoggerMessage(603, LogLevel.Information, "{Name} listens on {Address}: reachable from other machines")]
    public static partial void ListensOpenly(this ILogger logger, string name, string address);

    [LoggerMessage(604, LogLevel.Information, "Reports go to {Destination}")]
    public static partial void Destination(this ILogger logger, string destination);

    [LoggerMessage(605, LogLevel.Warning, "No destination is configured: reports stay in {Folder}")]
    public static partial void NoDestination(this ILogger logger, string folder);

    [LoggerMessage(608, LogLevel.Warning, "Journal:Sync is off: a power failure may lose instances that were answered with success")]
    public static partial void NotSynced(this ILogger logger);

    [LoggerMessage(606, LogLevel.Information, "Stopping: no new associations; what is under way is finished or kept for the next start")]
    public static partial void Stopping(this ILogger logger);

    [LoggerMessage(607, LogLevel.Information, "Stopped")]
    public static partial void Stopped(this ILogger logger);

    [LoggerMessage(609, LogLevel.Warning, "The DICOM port is open to other machines, but no rule says who may call: all callers except those on this machine are refused. Set Dicom:AllowedCallers, or give --allow AET@NETWORK")]
    public static partial void NobodyAllowed(this ILogger logger);
}
