using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace BrainTumorDicom.Fuzz;

/// <summary>Runs one input and judges what happens: only allowed exceptions, no more than a second, no more memory than the target's bound.</summary>
internal static class InputCheck
{
    private const int Repeats = 3;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    /// <summary>Runs <paramref name="input"/>.</summary>
    /// <param name="target">What reads it.</param>
    /// <param name="input">The bytes.</param>
    /// <param name="behaviour">The shape of what was read, or what was thrown and where.</param>
    /// <returns>What is wrong, or <see langword="null"/>.</returns>
    internal static FuzzFinding? Run(FuzzTarget target, byte[] input, out int behaviour)
    {
        var (finding, took) = RunOnce(target, input, out behaviour);

        // A machine with other work takes longer now and then; an input that is slow is slow every time.
        for (var i = 1; i < Repeats && took > Longest && finding is null; i++)
        {
            (finding, took) = RunOnce(target, input, out behaviour);
        }

        return finding ?? (took > Longest
            ? new FuzzFinding(target.Name, string.Create(CultureInfo.InvariantCulture, $"took {took.TotalSeconds:0.0} s"), input, "")
            : null);
    }

    private static (FuzzFinding? Finding, TimeSpan Took) RunOnce(FuzzTarget target, byte[] input, out int behaviour)
    {
        // A target must not be able to change what is kept.
        var copy = input.ToArray();
        var before = Allocated(target);
        var peakBefore = target.UsesLibrary ? Peak() : 0;
        var started = Stopwatch.GetTimestamp();
        var busyBefore = Environment.CpuUsage.TotalTime;
        FuzzFinding? finding = null;
        try
        {
            behaviour = target.Run(copy);
        }
        catch (Exception exception)
        {
            behaviour = Behaviour(exception);
            if (!target.Allowed.Contains(exception.GetType()))
            {
                finding = new FuzzFinding(target.Name, $"{exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}", input, exception.ToString());
            }
        }

        // What other programs on the machine took is not the input's; a server may also wait, so for it the clock counts.
        var took = Stopwatch.GetElapsedTime(started);
        var busy = Environment.CpuUsage.TotalTime - busyBefore;
        took = target.UsesThreads || took < busy ? took : busy;
        var allocated = Allocated(target) - before;
        var bound = target.FreeBytes + (target.BytesPerByte * input.Length);
        var risen = target.UsesLibrary ? Peak() - peakBefore : 0;
        return (finding ?? (Math.Max(allocated, risen) > bound
            ? new FuzzFinding(target.Name, $"allocated {allocated} bytes (the process grew by {risen}) for {input.Length}; {bound} are allowed", input, "")
            : null), took);
    }

    /// <summary>The most memory that the process ever had.</summary>
    private static long Peak()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    private static long Allocated(FuzzTarget target) =>
        target.UsesThreads ? GC.GetTotalAllocatedBytes() : GC.GetAllocatedBytesForCurrentThread();

    /// <summary>The type, the message without its numbers, and the method that threw.</summary>
    private static int Behaviour(Exception exception)
    {
        var text = new StringBuilder(exception.GetType().Name);
        text.Append(new StackTrace(exception, fNeedFileInfo: false).GetFrame(0)?.GetMethod()?.Name);
        foreach (var character in exception.Message)
        {
            if (!char.IsAsciiHexDigit(character))
            {
                text.Append(character);
            }
        }

        return string.GetHashCode(text.ToString(), StringComparison.Ordinal);
    }
}
