using System.Runtime.InteropServices;
using BrainTumorDicom.Classification.Execution;
using Microsoft.ML.OnnxRuntime;

namespace BrainTumorDicom.Training.Loop;

/// <summary>Where training runs.</summary>
internal static class TrainingDevice
{
    /// <summary>Session options for the device.</summary>
    /// <param name="choice">What was asked for.</param>
    /// <param name="threads">CPU threads.</param>
    /// <param name="name">What it became: CPU or CUDA.</param>
    /// <exception cref="TrainingException">CUDA was asked for and is not there.</exception>
    public static SessionOptions Open(DeviceChoice choice, int threads, out string name)
    {
        var options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };

        // Augmentation needs the processor while the network waits at a barrier.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        name = "CPU";
        if (choice == DeviceChoice.Cpu)
        {
            return options;
        }

        var missing = TryCuda(options);
        if (missing is null)
        {
            name = "CUDA";
        }
        else if (choice == DeviceChoice.Cuda)
        {
            options.Dispose();
            throw new TrainingException($"CUDA was asked for but is not there: {missing} Use --device cpu, or auto.");
        }

        return options;
    }

    private static string? TryCuda(SessionOptions options)
    {
        var driver = OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1";
        if (!NativeLibrary.TryLoad(driver, out var handle))
        {
            return $"no NVIDIA driver on this machine ({driver} was not found).";
        }

        NativeLibrary.Free(handle);
        try
        {
            options.AppendExecutionProvider_CUDA(0);
            return null;
        }
        catch (OnnxRuntimeException error)
        {
            return $"ONNX Runtime says: {error.Message.ReplaceLineEndings(" ")}";
        }
        catch (EntryPointNotFoundException)
        {
            return "this build of ONNX Runtime has no CUDA provider.";
        }
    }
}
