namespace BrainTumorDicom.Classification.Execution;

/// <summary>Where the model is asked to run.</summary>
public enum DeviceChoice
{
    /// <summary>CUDA where the machine has it, otherwise the CPU.</summary>
    Auto,

    /// <summary>The CPU.</summary>
    Cpu,

    /// <summary>CUDA; an error at start when it is not there.</summary>
    Cuda,
}
