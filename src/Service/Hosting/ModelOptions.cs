using System.ComponentModel.DataAnnotations;
using BrainTumorDicom.Classification.Execution;
using Microsoft.Extensions.Options;

namespace BrainTumorDicom.Service.Hosting;

/// <summary>Which model runs, and on what. Section <c>Model</c>.</summary>
internal sealed class ModelOptions
{
    /// <summary>
    /// The folder with model.json and model.onnx. Empty (the default): the model that was promoted in the data folder, which the running
    /// service follows; where none was, the newest in a folder <c>models</c> beside the program or in a folder above it.
    /// </summary>
    public string Folder { get; set; } = "";

    /// <summary>Where the network runs. A GPU asked for and missing is an error at start. Default <c>Auto</c>: CUDA where the machine has it, else the CPU.</summary>
    public DeviceChoice Device { get; set; } = DeviceChoice.Auto;

    /// <summary>Threads of one run on the CPU; 0 (the default) lets the runtime decide.</summary>
    [Range(0, 256)]
    public int Threads { get; set; }

    /// <summary>
    /// Folder of a model package that looks at every study too, after the model in use and when no study waits. What it says is stored and
    /// shown by <c>compare --shadow</c>, never reported. Default empty: none.
    /// </summary>
    public string Shadow { get; set; } = "";

    /// <summary>How often the service looks whether another model was promoted. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "01:00:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(2);
}

/// <summary>Checks <see cref="ModelOptions"/> before a port opens.</summary>
[OptionsValidator]
internal sealed partial class ModelOptionsValidator : IValidateOptions<ModelOptions>;
