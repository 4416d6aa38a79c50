using System.Collections.Immutable;
using BrainTumorDicom.Classification.Analysis;
using BrainTumorDicom.Classification.Execution;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Dicom;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Dicom.Pixels;
using BrainTumorDicom.Slices.Conversion;
using BrainTumorDicom.Slices.Images;

namespace BrainTumorDicom.Cli;

/// <summary>Runs the model over what <c>classify</c> was given.</summary>
/// <param name="classifier">The model.</param>
/// <param name="perSlice">Whether every DICOM slice has a line too.</param>
internal sealed class ClassifyRun(Classifier classifier, bool perSlice)
{
    private readonly ImageAnalyzer images = new(classifier);
    private readonly StudyAnalyzer studies = new(classifier, TimeProvider.System);

    /// <summary>The answers, as they come: image files, studies, and what could not be read.</summary>
    public IEnumerable<ClassifyLine> Results(ClassifyInputs inputs, Action<AnalysisProgress>? progress, CancellationToken stop)
    {
        foreach (var batch in inputs.Images.Chunk(Classifier.BatchSize))
        {
            stop.ThrowIfCancellationRequested();
            foreach (var line in Pictures(batch))
            {
                yield return line;
            }

            progress?.Invoke(new AnalysisProgress(batch.Length, batch.Length));
        }

        foreach (var study in inputs.Dicom.GroupBy(input => input.Study, StringComparer.Ordinal))
        {
            foreach (var line in Study(study.Key, [.. study], progress, stop))
            {
                yield return line;
            }
        }

        foreach (var (path, reason) in inputs.Failed)
        {
            yield return Unreadable(path, reason);
        }
    }

    private List<ClassifyLine> Pictures(string[] paths)
    {
        var lines = new List<ClassifyLine>();
        var read = new List<(string Path, SlicePixels Pixels)>();
        foreach (var path in paths)
        {
            try
            {
                read.Add((path, ImageFile.Read(path)));
            }
            catch (Exception error) when (error is ImageFormatException or IOException or UnauthorizedAccessException)
            {
                lines.Add(Unreadable(path, error.Message));
            }
        }

        var answers = images.Analyze([.. read.Select(one => one.Pixels)]);
        lines.AddRange(read.Zip(answers, (one, answer) => ClassifyLine.Of(one.Path, answer.Disposition, answer.Reason, answer.Probabilities)));
        return lines;
    }

    private IEnumerable<ClassifyLine> Study(string study, DicomInput[] files, Action<AnalysisProgress>? progress, CancellationToken stop)
    {
        var finding = studies.Analyze(
            study, [.. files.Select(file => file.Source)], complete: true, "", stop, progress is null ? null : new Steps(progress));
        var named = files.GroupBy(file => file.Instance, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.First().Path, StringComparer.Ordinal);
        foreach (var series in finding.Series)
        {
            var own = files.Where(file => file.Series == series.SeriesInstanceUid).Select(file => file.Path).ToArray();
            yield return ClassifyLine.Of(Place(own), finding, series);
            if (perSlice)
            {
                foreach (var slice in series.Slices)
                {
                    yield return Slice(named[slice.SopInstanceUid], slice);
                }
            }
        }

        // What the analyzer could not read, or what lacks the UIDs that would make it part of a series.
        var listed = finding.Series.SelectMany(series => series.Slices).Select(slice => slice.SopInstanceUid).ToHashSet(StringComparer.Ordinal);
        foreach (var file in files.Where(file => !listed.Contains(file.Instance)))
        {
            yield return Unreadable(file.Path, file.Series.Length == 0 || file.Instance.Length == 0 ? "no Series or SOP Instance UID" : finding.IncompleteReason);
        }
    }

    // A slice that took no part is classified by itself, so that each file has probabilities; why it took no part is said beside them.
    private ClassifyLine Slice(string path, SliceFinding slice)
    {
        if (slice.LeftOut is null)
        {
            var leading = (TumorClass)slice.Probabilities.IndexOf(slice.Probabilities.Max());
            var disposition = leading == TumorClass.NoTumor ? Disposition.NoTargetTumor : Disposition.TargetTumor;
            return ClassifyLine.Of(path, disposition, null, slice.Probabilities, slice.SopInstanceUid, slice.FrameNumber);
        }

        return ClassifyLine.Of(path, Disposition.Refused, slice.LeftOut, Alone(path, slice.FrameNumber), slice.SopInstanceUid, slice.FrameNumber);
    }

    private ImmutableArray<double> Alone(string path, int? frameNumber)
    {
        try
        {
            var file = DicomFile.Read(path);
            var frames = PixelFrames.Open(file);
            return images.Analyze([DicomSlices.Read(file, frames, (frameNumber ?? 1) - 1)])[0].Probabilities;
        }
        catch (Exception error) when (error is DicomException or IOException or ArgumentException)
        {
            return [];
        }
    }

    private static ClassifyLine Unreadable(string path, string reason) =>
        ClassifyLine.Of(path, Disposition.Error, ReasonCodes.Unreadable.With(reason.ReplaceLineEndings(" ")), []);

    // The folder that holds all of a series; the file itself when it is one.
    private static string Place(string[] paths)
    {
        if (paths.Length == 1)
        {
            return paths[0];
        }

        var folder = Path.GetDirectoryName(paths[0]) ?? "";
        while (folder.Length > 0 && !paths.All(path => path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)))
        {
            folder = Path.GetDirectoryName(folder) ?? "";
        }

        return folder.Length > 0 ? folder : ".";
    }

    private sealed class Steps(Action<AnalysisProgress> progress) : IProgress<AnalysisProgress>
    {
        public void Report(AnalysisProgress value) => progress(value);
    }
}
