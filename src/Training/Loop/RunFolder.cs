namespace BrainTumorDicom.Training.Loop;

/// <summary>The folder of one training, locked as long as it runs.</summary>
internal sealed class RunFolder : IDisposable
{
    /// <summary>Name of the file with one JSON object for each epoch done.</summary>
    public const string LogFile = "epochs.jsonl";

    /// <summary>Name of the file with the state of a training that has not come to its end.</summary>
    public const string CheckpointFile = "checkpoint.bin";

    private readonly FileStream _lock;

    public RunFolder(string folder)
    {
        Path = folder;
        var path = System.IO.Path.Combine(folder, ".training.lock");
        try
        {
            Directory.CreateDirectory(folder);
            _lock = new FileStream(
                path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception error) when (error is UnauthorizedAccessException || (error is IOException && !File.Exists(path)))
        {
            throw new TrainingException($"{folder} cannot be written to: {error.Message.ReplaceLineEndings(" ")} Give another folder with --out.", error);
        }
        catch (IOException error)
        {
            throw new TrainingException($"Another training is running in {folder}. Wait for it, or give another folder with --out.", error);
        }
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Where the state of the training is kept.</summary>
    public string CheckpointPath => System.IO.Path.Combine(Path, CheckpointFile);

    /// <summary>The state of the best epoch so far, where the training may end early.</summary>
    public string BestPath => System.IO.Path.Combine(Path, "best.bin");

    /// <summary>One JSON object for each epoch done.</summary>
    public string LogPath => System.IO.Path.Combine(Path, LogFile);

    /// <summary>A stopped training is resumed when asked for, and never lost by starting over it.</summary>
    /// <exception cref="TrainingException">It is neither.</exception>
    public void RefuseToOverwrite(bool resume)
    {
        var unfinished = File.Exists(CheckpointPath);
        if (unfinished && !resume)
        {
            throw new TrainingException(
                $"{Path} holds a training that was stopped. Go on with --resume, or delete {CheckpointPath} or give another folder with --out.");
        }

        if (!unfinished && resume)
        {
            throw new TrainingException($"There is no stopped training in {Path} to resume. Leave --resume out to train from the start.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();
}
