using Microsoft.Extensions.Logging;

namespace BrainTumorDicom.Service.Shadow;

/// <summary>What the shadow says. Ids from 800; UIDs only, never patient attributes.</summary>
internal static partial class ShadowLog
{
    [LoggerMessage(800, LogLevel.Information, "Shadow model {Name} {Version} ({Sha256}): its findings are stored, never reported")]
    public static partial void Loaded(this ILogger logger, string name, string version, string sha256);

    [LoggerMessage(801, LogLevel.Warning, "There is no shadow model: {Error}")]
    public static partial void NotLoaded(this ILogger logger, string error);

    [LoggerMessage(802, LogLevel.Information, "Study {Study} revision {Revision}: the shadow says {Answer}, reported was {Reported}")]
    public static partial void Analysed(this ILogger logger, string study, int revision, string answer, string reported);

    [LoggerMessage(803, LogLevel.Warning, "Study {Study} revision {Revision}: the shadow failed: {Error}")]
    public static partial void Failed(this ILogger logger, string study, int revision, string error);
}
