using System.Collections.Concurrent;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Slices.Conversion;
using BrainTumorDicom.Slices.Images;

namespace BrainTumorDicom.Training.Data;

/// <summary>Reads a folder of class folders: JPEG, PNG and DICOM files, told apart by content, at any depth.</summary>
/// <param name="reader">Converts the slices.</param>
/// <param name="threads">How many files are read at a time.</param>
/// <param name="mostSkipped">Largest part of the files that may be unreadable.</param>
internal sealed class ClassFolders(SliceReader reader, int threads, double mostSkipped = ClassFolders.MostSkipped)
{
    /// <summary>At most this part of the files of a training may be unreadable.</summary>
    public const double MostSkipped = 0.01;

    /// <summary>Reads everything.</summary>
    /// <param name="folder">Holds glioma, meningioma, notumor, pituitary.</param>
    /// <param name="origin">What the samples are marked as. A main set must have every class, a further one at least one.</param>
    /// <param name="groups">Group of each <c>class/file</c>, or <see langword="null"/>.</param>
    /// <param name="progress">Files done and in all.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="TrainingException">A class is missing or empty, or too many files cannot be read.</exception>
    public (IReadOnlyList<ReadSlice> Slices, IReadOnlyList<string> Skipped) Read(
        string folder,
        SampleOrigin origin,
        IReadOnlyDictionary<string, string>? groups,
        IProgress<(int Done, int Total)>? progress,
        CancellationToken cancellationToken)
    {
        var files = List(folder, origin);
        var skipped = new ConcurrentBag<(int Index, string Reason)>();
        var images = new ReadSlice?[files.Count];
        var dicom = new ConcurrentBag<int>();
        var done = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, files.Count, options, i =>
        {
            var file = files[i];
            try
            {
                if (DicomSeriesFiles.IsDicom(file.Path))
                {
                    dicom.Add(i);
                    return;
                }

                var bytes = ImageFile.ReadBytes(file.Path);
                var slice = ImageFile.Read(bytes);
                var group = groups?.GetValueOrDefault(file.Name) is { } number ? ReadSlice.ListedGroup + number : $"{folder} {file.Unit ?? file.Name}";
                images[i] = reader.Read(slice, DisplayRange.OfSeries([slice], reader.Parameters), file.Label, file.Name, origin, group, ImageEncoding.Of(bytes));
            }
            catch (Exception error) when (error is ImageFormatException or IOException or UnauthorizedAccessException)
            {
                skipped.Add((i, $"{file.Path}: {error.Message}"));
            }

            progress?.Report((Interlocked.Increment(ref done), files.Count));
        });
        var series = new DicomSeriesFiles(reader, threads).Read(
            [.. dicom.Order().Select(i => files[i])],
            folder,
            origin,
            (file, reason) => skipped.Add((0, $"{file.Path}: {reason}")),
            () => progress?.Report((Interlocked.Increment(ref done), files.Count)),
            cancellationToken);
        var reasons = skipped.OrderBy(entry => entry.Index).Select(entry => entry.Reason).Order(StringComparer.Ordinal).ToArray();
        if (reasons.Length > files.Count * mostSkipped)
        {
            throw new TrainingException(
                $"{reasons.Length} of {files.Count} files in {folder} cannot be read, more than 1 %. The first is {reasons[0]}");
        }

        return ([.. images.OfType<ReadSlice>(), .. series], reasons);
    }

    private static List<LabelledFile> List(string folder, SampleOrigin origin)
    {
        if (!Directory.Exists(folder))
        {
            throw new TrainingException($"The training set {folder} does not exist.");
        }

        var files = new List<LabelledFile>();
        var empty = new List<string>();
        foreach (var label in Enum.GetValues<TumorClass>())
        {
            var classFolder = Path.Combine(folder, label.Label());
            var own = Directory.Exists(classFolder)
                ? Directory.EnumerateFiles(classFolder, "*", SearchOption.AllDirectories)
                    .Where(path => !Path.GetFileName(path).StartsWith('.'))
                    .Select(path => new LabelledFile(path, label, folder))
                    .OrderBy(file => file.Name, StringComparer.Ordinal)
                    .ToArray()
                : [];
            files.AddRange(own);
            if (own.Length == 0)
            {
                empty.Add(label.Label());
            }
        }

        if (origin == SampleOrigin.Main ? empty.Count > 0 : empty.Count == TumorClasses.Count)
        {
            throw new TrainingException(
                $"{folder} has no files in {string.Join(", ", empty)}. A set is a folder with the folders {string.Join(", ", TumorClasses.Labels)}, each with slices of that class.");
        }

        return files;
    }
}
