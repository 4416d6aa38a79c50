using BrainTumorDicom.Service.Models;

namespace BrainTumorDicom.Service.Web;

/// <summary>The answer of <c>/health</c>.</summary>
/// <param name="Status"><c>ok</c>, or <c>degraded</c> when instances are being turned away.</param>
/// <param name="Problem">What is wrong, or <see langword="null"/>.</param>
/// <param name="Version">Version of the program.</param>
/// <param name="Notice">What the output is not for.</param>
/// <param name="Started">When the service began to accept.</param>
/// <param name="Dicom">Where series are to be sent.</param>
/// <param name="Model">The model that answers.</param>
/// <param name="Queue">What is still to do.</param>
/// <param name="Disk">The disk of the data folder.</param>
/// <param name="Journal">What was received and is kept.</param>
internal sealed record HealthReport(
    string Status,
    string? Problem,
    string Version,
    string Notice,
    DateTimeOffset Started,
    HealthReport.DicomState Dicom,
    HealthReport.ModelState Model,
    HealthReport.QueueState Queue,
    HealthReport.DiskState Disk,
    HealthReport.JournalState Journal)
{
    /// <summary>Where series are to be sent.</summary>
    internal sealed record DicomState(string AeTitle, string Address);

    /// <summary>
    /// The model that answers: <paramref name="Sha256"/> is that of the weights, <paramref name="Package"/> the digest of a promoted package or empty,
    /// <paramref name="Follows"/> whether what is promoted is taken, <paramref name="LastRefusal"/> the last promotion that was not.
    /// </summary>
    internal sealed record ModelState(string Name, string Version, string Sha256, string Device, string Package, bool Follows, ModelRefusal? LastRefusal);

    /// <summary>What is still to do: revisions without a finding, deliveries on their way, deliveries given up.</summary>
    internal sealed record QueueState(int Analyses, int Deliveries, int FailedDeliveries);

    /// <summary>The disk of the data folder, in bytes.</summary>
    internal sealed record DiskState(long FreeBytes, long MinimumFreeBytes);

    /// <summary>The journal: files, their bytes, segments that retention removed, and damaged places found so far.</summary>
    internal sealed record JournalState(int Segments, long Bytes, int RemovedSegments, int Damages);
}
