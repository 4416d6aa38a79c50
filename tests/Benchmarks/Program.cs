using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace BrainTumorDicom.Benchmarks;

internal static class Program
{
    private static void Main(string[] args)
    {
        if (args is ["train-step", ..])
        {
            TrainStep.Create().Parse(args[1..]).Invoke();
            return;
        }

        if (args is ["series-to-report", ..])
        {
            SeriesToReport.Create().Parse(args[1..]).Invoke();
            return;
        }

        // In this process: the project that BenchmarkDotNet would generate does not find ONNX Runtime's natives.
        BenchmarkSwitcher
            .FromAssembly(typeof(Program).Assembly)
            .Run(args, DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance)));
    }
}
