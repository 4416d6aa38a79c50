using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace BrainTumorDicom.Service.Receive;

/// <summary>When a study counts as here, and how many instances are kept in mind.</summary>
internal sealed class ReceiveOptions
{
    /// <summary>How long nothing may come for a study, after the associations that carried it have ended, before it is analysed. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan QuietTime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The same for a study under whose transfer the service stopped: its sender has to notice and try again. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan RestartQuietTime { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long to wait when a study could not be handed on for analysis. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan RetryTime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Senders that are asked by C-FIND whether a study is here whole, once it is quiet. Default none.</summary>
    [ValidateEnumeratedItems]
    public IList<SourceOptions> Sources { get; } = [];

    /// <summary>How long a study may wait, since its last instance, for what its source has besides; it is asked again every quiet time. Default 2 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan SourceWait { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long one asking may take; then the study goes on without an answer. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan SourceTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Most SOP Instance UIDs in memory, about 100 bytes each, to recognise what is sent again. Default 500 000. What is older is looked
    /// up in the ledger.
    /// </summary>
    [Range(100_000, 100_000_000)]
    public int MaximumIndexedInstances { get; set; } = 500_000;
}
