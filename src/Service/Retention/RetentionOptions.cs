using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace BrainTumorDicom.Service.Retention;

/// <summary>When received instances leave the journal. Section <c>Retention</c>. Reports are kept in any case.</summary>
internal sealed class RetentionOptions
{
    /// <summary>Whether anything is removed. Default true: a service that nobody clears must not fill its disk.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How long an instance stays, even when its study is reported and delivered. Default 7 days.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "3650.00:00:00")]
    public TimeSpan MinimumAge { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How often old segments are looked for. Default 1 h.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Whether a disk with less than twice <c>Journal:MinimumFreeBytes</c> lets the oldest delivered segments go before their age, until
    /// there is that much. Default true: what was delivered is worth less than what could not be received.
    /// </summary>
    public bool WhenDiskIsFull { get; set; } = true;
}

/// <summary>Checks <see cref="RetentionOptions"/> before a port opens.</summary>
[OptionsValidator]
internal sealed partial class RetentionOptionsValidator : IValidateOptions<RetentionOptions>;
