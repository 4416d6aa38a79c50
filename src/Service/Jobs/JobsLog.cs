using Microsoft.Extensions.Logging;

namespace BrainTumorDicom.Service.Jobs;

/// <summary>What the jobs say. Ids from 500; UIDs only, never patient attributes.</summary>
internal static partial class JobsLog
{
    [LoggerMessage(500, LogLevel.Information, "Study {Study} revision {Revision}: {Disposition} ({Answer}), {Slices} slices in {Elapsed:0.0} s")]
    public static partial void Analysed(this ILogger logger, string study, int revision, string disposition, string answer, int slices, double elapsed);

    [LoggerMessage(510, LogLevel.Information, "Study {Study} revision {Revision}: analysis of {Instances} instances begins")]
    public static partial void AnalysisBegins(this ILogger logger, string study, int revision, int instances);

    [LoggerMessage(501, LogLevel.Information, "Study {Study} revision {Revision}: analysis stopped, goes on at the next start")]
    public static partial void AnalysisInterrupted(this ILogger logger, string study, int revision);

    [LoggerMessage(502, LogLevel.Error, "Study {Study} revision {Revision}: analysis failed: {Error}")]
    public static partial void AnalysisFailed(this ILogger logger, string study, int revision, string error, Exception exception);

    [LoggerMessage(503, LogLevel.Information, "Study {Study} revision {Revision}: left out, a newer revision covers it")]
    public static partial void Superseded(this ILogger logger, string study, int revision);

    [LoggerMessage(504, LogLevel.Information, "Study {Study} revision {Revision}: {Kind} delivered to {Destination} {Note}")]
    public static partial void Delivered(this ILogger logger, string study, int revision, string kind, string destination, string note);

    [LoggerMessage(505, LogLevel.Warning, "Study {Study} revision {Revision}: {Kind} for {Destination}, attempt {Attempt} failed: {Error}; next {Next:u}")]
    public static partial void DeliveryPutOff(
        this ILogger logger, string study, int revision, string kind, string destination, int attempt, string error, DateTimeOffset next);

    [LoggerMessage(506, LogLevel.Error, "Study {Study} revision {Revision}: {Kind} for {Destination} will not be tried again until it is released: {Error}")]
    public static partial void DeliveryFailed(this ILogger logger, string study, int revision, string kind, string destination, string error);

    [LoggerMessage(507, LogLevel.Error, "Delivery {Id} broke: {Error}")]
    public static partial void DeliveryBroke(this ILogger logger, long id, string error, Exception exception);

    [LoggerMessage(508, LogLevel.Warning, "Destination {Destination} is no longer configured; {Count} reports wait for it")]
    public static partial void DestinationGone(this ILogger logger, string destination, int count);

    [LoggerMessage(509, LogLevel.Information, "Carrying on with {Studies} studies and {Deliveries} deliveries")]
    public static partial void Resumed(this ILogger logger, int studies, int deliveries);

    [LoggerMessage(520, LogLevel.Information, "Study {Study} revision {Revision}: {Destination} is asked for storage commitment, transaction {Transaction}")]
    public static partial void CommitmentRequested(this ILogger logger, string study, int revision, string destination, string transaction);

    [LoggerMessage(521, LogLevel.Information, "Study {Study} revision {Revision}: {Destination} has committed to its storage")]
    public static partial void Committed(this ILogger logger, string study, int revision, string destination);

    [LoggerMessage(522, LogLevel.Warning, "Study {Study} revision {Revision}: {Destination}: {Error}; sent again {Next:u}")]
    public static partial void CommitmentFailed(this ILogger logger, string study, int revision, string destination, string error, DateTimeOffset next);

    [LoggerMessage(523, LogLevel.Warning, "Study {Study} revision {Revision}: {Destination}: {Error}; asked again {Next:u}")]
    public static partial void CommitmentPutOff(this ILogger logger, string study, int revision, string destination, string error, DateTimeOffset next);

    [LoggerMessage(524, LogLevel.Error, "Study {Study} revision {Revision}: {Destination} will not be asked again: {Error}")]
    public static partial void CommitmentGivenUp(this ILogger logger, string study, int revision, string destination, string error);

    [LoggerMessage(525, LogLevel.Warning, "A storage commitment report of {Peer} is refused: {Reason}")]
    public static partial void CommitmentReportRefused(this ILogger logger, string peer, string reason);

    [LoggerMessage(530, LogLevel.Information, "Study {Study} revision {Revision}: {Kind} for {Destination} released after {Attempts} attempts")]
    public static partial void Released(this ILogger logger, string study, int revision, string kind, string destination, int attempts);

    [LoggerMessage(531, LogLevel.Warning, "Released deliveries cannot be read just now: {Error}")]
    public static partial void ReleasesUnreadable(this ILogger logger, string error);
}
