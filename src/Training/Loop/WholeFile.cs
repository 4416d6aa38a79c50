namespace BrainTumorDicom.Training.Loop;

/// <summary>Writes files that are there whole or as they were before: beside, flushed, then renamed.</summary>
internal static class WholeFile
{
    /// <summary>Writes or replaces a file.</summary>
    /// <exception cref="TrainingException">It cannot be written; the older file is kept.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var temporary = path + ".new";
        try
        {
            using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            File.Delete(temporary);
            throw new TrainingException(
                $"{path} cannot be written: {error.Message.ReplaceLineEndings(" ")} What was written before is kept. Make room on the disk, then go on with the same command and --resume.", error);
        }
    }
}
