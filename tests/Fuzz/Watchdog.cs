namespace BrainTumorDicom.Fuzz;

/// <summary>
/// Tells of an input that never ends, or that ends the process: a thread that loops cannot be stopped, nor can a stack that is
/// full. The input under way lies in a file, and a process that hangs is ended with that file's name.
/// </summary>
internal sealed class Watchdog : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private readonly string? folder;
    private readonly ITimer timer;
    private FileStream? current;

    /// <param name="folder">Where the input under way is kept; nowhere where null.</param>
    internal Watchdog(string? folder)
    {
        this.folder = folder;
        timer = TimeProvider.System.CreateTimer(_ => End(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private string Path => System.IO.Path.Combine(folder!, "under-way.bin");

    /// <summary>An input begins.</summary>
    internal void Begin(ReadOnlySpan<byte> input)
    {
        timer.Change(Longest, Timeout.InfiniteTimeSpan);
        if (folder is null)
        {
            return;
        }

        current ??= File.Create(Path, 1);
        current.SetLength(input.Length);
        RandomAccess.Write(current.SafeFileHandle, input, 0);
    }

    /// <summary>All inputs are done.</summary>
    public void Dispose()
    {
        timer.Dispose();
        if (current is not null)
        {
            current.Dispose();
            File.Delete(Path);
        }
    }

    private void End() => Environment.FailFast(
        $"An input has not come to its end after {Longest.TotalSeconds} s" + (folder is null ? "; run with --save to keep it." : $": {Path}"));
}
