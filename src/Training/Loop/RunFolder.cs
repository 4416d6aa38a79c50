namespace BrainTumorDicom.Training.Loop;

/// <summary>The folder of one training, locked as long as it runs.</summary>
internal sealed class RunFolder : IDisposable
{
    private readonly FileStream _lock;

    public RunFolder(string folder)
    {
        Path = folder;
        Directory.CreateDirectory(folder);
        try
        {
            _lock = new FileStream(
                System.IO.Path.Combine(folder, ".training.lock"), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException error)
        {
            throw new TrainingException($"Another training is running in {folder}. Wait for it, or give another folder with --out.", error);
        }
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Where the state of the training is kept.</summary>
    public string CheckpointPath => System.IO.Path.Combine(Path, "checkpoint.bin");

    /// <summary>One JSON object for each epoch done.</summary>
    public string LogPath => System.IO.Path.Combine(Path, "epochs.jsonl");

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();
}
