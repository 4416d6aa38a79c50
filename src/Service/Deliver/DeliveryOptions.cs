using System.ComponentModel.DataAnnotations;
using BrainTumorDicom.Reports;
using Microsoft.Extensions.Options;

namespace BrainTumorDicom.Service.Deliver;

/// <summary>Where reports go, and how patiently. Section <c>Delivery</c>.</summary>
internal sealed class DeliveryOptions
{
    /// <summary>Storage destinations by C-STORE. Default none.</summary>
    [ValidateEnumeratedItems]
    public IList<DicomDestinationOptions> Dicom { get; } = [];

    /// <summary>FHIR servers for the transaction bundle. Default none.</summary>
    [ValidateEnumeratedItems]
    public IList<FhirDestinationOptions> Fhir { get; } = [];

    /// <summary>Receivers of the HL7 v2 message. Default none.</summary>
    [ValidateEnumeratedItems]
    public IList<Hl7DestinationOptions> Hl7 { get; } = [];

    /// <summary>Storage destinations by STOW-RS. Default none.</summary>
    [ValidateEnumeratedItems]
    public IList<StowDestinationOptions> Stow { get; } = [];

    /// <summary>Folders that other software watches. Default none.</summary>
    [ValidateEnumeratedItems]
    public IList<FolderDestinationOptions> Folder { get; } = [];

    /// <summary>Kinds of object (<see cref="ReportKinds"/>) that destinations name; without what they get unnamed.</summary>
    internal IEnumerable<string> AskedFor => Dicom.SelectMany(one => one.Objects).Concat(Stow.SelectMany(one => one.Objects)).Concat(Folder.SelectMany(one => one.Objects));

    /// <summary>How many destinations there are.</summary>
    internal int Count => Dicom.Count + Stow.Count + Folder.Count + Fhir.Count + Hl7.Count;

    /// <summary>Wait after the first failed attempt; doubles with each further one. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan FirstRetry { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest wait between attempts. Default 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan LongestRetry { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a destination may stay silent in one attempt. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long our association stays open for the answer to a storage commitment request; it may come on another one later. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan CommitmentWait { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the answer to a storage commitment request may take before it is asked again; doubles each time, up to a day. Default 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan CommitmentTimeout { get; set; } = TimeSpan.FromHours(1);

    /// <summary>A report that could not be delivered for so long is given up and listed as failed. Default 7 days.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromDays(7);
}

/// <summary>Checks <see cref="DeliveryOptions"/> before a port opens.</summary>
[OptionsValidator]
internal sealed partial class DeliveryOptionsValidator : IValidateOptions<DeliveryOptions>;
