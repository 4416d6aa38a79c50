using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace BrainTumorDicom.Service.Jobs;

/// <summary>How studies are analysed. Section <c>Analysis</c>.</summary>
internal sealed class AnalysisOptions
{
    /// <summary>Studies analysed at the same time. Default 1: one study keeps every core busy already.</summary>
    [Range(1, 64)]
    public int Concurrency { get; set; } = 1;

    /// <summary>Wait before a failed analysis is tried again. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(10);
}

/// <summary>Checks <see cref="AnalysisOptions"/> before a port opens.</summary>
[OptionsValidator]
internal sealed partial class AnalysisOptionsValidator : IValidateOptions<AnalysisOptions>;
