using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace BrainTumorDicom.Classification.Execution;

/// <summary>Opens an inference session on the device that was asked for.</summary>
internal static class ExecutionDevice
{
    /// <summary>Name of the CPU provider in logs and reports.</summary>
    public const string Cpu = "CPU";

    /// <summary>Name of the CUDA provider in logs and reports.</summary>
    public const string Cuda = "CUDA";

    // More threads than this gain nothing on networks this thin.
    private const int MostThreads = 8;

    /// <summary>Opens the session.</summary>
    /// <param name="modelPath">model.onnx.</param>
    /// <param name="choice">Where to run it.</param>
    /// <param name="threads">CPU threads for one run; 0 for as many as there are processors, at most 8.</param>
    /// <returns>The session, which the caller disposes, and the provider that it runs on.</returns>
    /// <exception cref="InvalidOperationException">CUDA was asked for and is not there; the message names what is missing.</exception>
    /// <exception cref="InvalidDataException">The model cannot be loaded.</exception>
    public static (InferenceSession Session, string Provider) Open(string modelPath, DeviceChoice choice, int threads)
    {
        if (choice != DeviceChoice.Cpu)
        {
            var missing = TryOpenCuda(modelPath, threads, out var session);
            if (session is not null)
            {
                return (session, Cuda);
            }

            if (choice == DeviceChoice.Cuda)
            {
                throw new InvalidOperationException($"CUDA was asked for but is not there: {missing} Use --device cpu, or auto.");
            }
        }

        using var options = Options(threads);
        try
        {
            return (new InferenceSession(modelPath, options), Cpu);
        }
        catch (OnnxRuntimeException error)
        {
            throw new InvalidDataException($"{modelPath} cannot be loaded: {OneLine(error)}", error);
        }
    }

    private static string? TryOpenCuda(string modelPath, int threads, out InferenceSession? session)
    {
        session = null;

        // Looked for first, because ONNX Runtime writes its own errors to stderr when it fails to load CUDA.
        var driver = OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1";
        if (!NativeLibrary.TryLoad(driver, out var handle))
        {
            return $"no NVIDIA driver on this machine ({driver} was not found).";
        }

        NativeLibrary.Free(handle);
        using var options = Options(threads);
        try
        {
            options.AppendExecutionProvider_CUDA(0);
            session = new InferenceSession(modelPath, options);
            return null;
        }
        catch (OnnxRuntimeException error)
        {
            return $"ONNX Runtime says: {OneLine(error)}";
        }
        catch (EntryPointNotFoundException)
        {
            return "this build of ONNX Runtime has no CUDA provider.";
        }
    }

    private static SessionOptions Options(int threads)
    {
        var options = new SessionOptions
        {
            IntraOpNumThreads = threads > 0 ? threads : Math.Min(Environment.ProcessorCount, MostThreads),
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };

        // Spinning threads take the processor from the receiver while a batch waits, and gain under 5 %.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        return options;
    }

    private static string OneLine(OnnxRuntimeException error) => error.Message.ReplaceLineEndings(" ").Trim();
}
