using Microsoft.Extensions.Logging;

namespace BrainTumorDicom.Service.Models;

/// <summary>What changing the model says. Ids from 700.</summary>
internal static partial class ModelsLog
{
    [LoggerMessage(700, LogLevel.Information, "Model {Name} {Version} ({Sha256}) is in use from the next study on; package {Package}")]
    public static partial void Switched(this ILogger logger, string name, string version, string sha256, string package);

    [LoggerMessage(701, LogLevel.Error, "The promoted package {Package} is refused: {Reason} {Name} {Version} stays in use")]
    public static partial void Refused(this ILogger logger, string package, string reason, string name, string version);

    [LoggerMessage(702, LogLevel.Warning, "The pointer to the model in use cannot be read: {Error}")]
    public static partial void PointerUnreadable(this ILogger logger, string error);
}
