using System.ComponentModel.DataAnnotations;
using BrainTumorDicom.Classification.Execution;
using Microsoft.Extensions.Options;

namespace BrainTumorDicom.Service.Hosting;

/// <summary>Which model runs, and on what. Section <c>Model</c>.</summary>
internal sealed class ModelOptions
{
    /// <summary>The folder with model.json and model.onnx. Empty (the default): the newest package of the folder <c>models</c> beside the program or in a folder above it.</summary>
    public string Folder { get; set; } = "";

    /// <summary>Where the network runs. A GPU asked for and missing is an error at start. Default <c>Auto</c>: CUDA where the machine has it, else the CPU.</summary>
    public DeviceChoice Device { get; set; } = DeviceChoice.Auto;

    /// <summary>Threads of one run on the CPU; 0 (the default) lets the runtime decide.</summary>
    [Range(0, 256)]
    public int Threads { get; set; }
}

/// <summary>Checks <see cref="ModelOptions"/> before a port opens.</summary>
[OptionsValidator]
internal sealed partial class ModelOptionsValidator : IValidateOptions<ModelOptions>;
