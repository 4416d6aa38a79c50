using System.Net;

namespace BrainTumorDicom.Service.Hosting;

/// <summary>What is known only once the service runs.</summary>
internal sealed class ServiceState
{
    /// <summary>When the service began to accept.</summary>
    public DateTimeOffset Started { get; set; }

    /// <summary>Where the DICOM port is; <see langword="null"/> before it is open.</summary>
    public IPEndPoint? DicomEndPoint { get; set; }
}
