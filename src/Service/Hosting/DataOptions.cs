using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace BrainTumorDicom.Service.Hosting;

/// <summary>Where the service keeps what it has. Section <c>Data</c>.</summary>
internal sealed class DataOptions
{
    /// <summary>The folder for journal, ledger, jobs and reports; made when missing, locked while the service runs. Default <c>data</c> in the working folder.</summary>
    [Required]
    public string Folder { get; set; } = "data";
}

/// <summary>Checks <see cref="DataOptions"/> before a port opens.</summary>
[OptionsValidator]
internal sealed partial class DataOptionsValidator : IValidateOptions<DataOptions>;
