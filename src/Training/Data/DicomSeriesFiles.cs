using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Dicom;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Dicom.Pixels;
using BrainTumorDicom.Slices.Conversion;

namespace BrainTumorDicom.Training.Data;

/// <summary>Reads the DICOM files of a set, series by series: one display range serves a whole series, as in service.</summary>
internal sealed class DicomSeriesFiles(SliceReader reader, int threads)
{
    // Slices that show less head than this part of the fullest slice of the series say nothing; the service leaves out more.
    private const double LeastHead = 0.25;

    /// <summary>Whether the file begins as PS3.10 §7.1 says.</summary>
    public static bool IsDicom(string path)
    {
        using var stream = File.OpenRead(path);
        Span<byte> head = stackalloc byte[132];
        return stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head[128..].SequenceEqual("DICM"u8);
    }

    /// <summary>Reads all slices; of an image of several frames, each frame.</summary>
    /// <param name="files">The files, in order.</param>
    /// <param name="folder">The set, for the names of groups.</param>
    /// <param name="origin">What the samples are marked as.</param>
    /// <param name="skip">Is told of files that cannot be read; not from several threads at once.</param>
    /// <param name="done">Is told of each file read.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public IReadOnlyList<ReadSlice> Read(
        IReadOnlyList<LabelledFile> files,
        string folder,
        SampleOrigin origin,
        Action<LabelledFile, string> skip,
        Action done,
        CancellationToken cancellationToken)
    {
        var result = new List<ReadSlice>();
        var headers = files.AsParallel().AsOrdered().WithDegreeOfParallelism(threads).WithCancellation(cancellationToken).Select(SeriesOf).ToArray();
        foreach (var (file, _, error) in headers.Where(header => header.Error is not null))
        {
            skip(file, error!);
        }

        foreach (var series in headers.Where(header => header.Error is null).GroupBy(header => (header.File.Label, header.Series)))
        {
            var slices = new List<(LabelledFile File, string Study, int Frame, SlicePixels Pixels)>();
            foreach (var (file, _, _) in series)
            {
                cancellationToken.ThrowIfCancellationRequested();
                ReadFrames(file, slices, skip);
                done();
            }

            result.AddRange(Convert(slices, series.Key.Label, folder, origin));
        }

        return result;
    }

    private static (LabelledFile File, string Series, string? Error) SeriesOf(LabelledFile file)
    {
        try
        {
            var header = DicomFile.ReadHeader(File.ReadAllBytes(file.Path)).Dataset;
            return (file, header.GetString(DicomTag.SeriesInstanceUID) ?? file.Name, null);
        }
        catch (Exception error) when (error is DicomException or IOException)
        {
            return (file, "", error.Message);
        }
    }

    private static void ReadFrames(
        LabelledFile file, List<(LabelledFile File, string Study, int Frame, SlicePixels Pixels)> slices, Action<LabelledFile, string> skip)
    {
        try
        {
            var image = DicomFile.Read(file.Path);
            var frames = PixelFrames.Open(image);
            var study = image.Dataset.GetString(DicomTag.StudyInstanceUID) ?? file.Name;
            for (var frame = 0; frame < frames.FrameCount; frame++)
            {
                slices.Add((file, study, frame, DicomSlices.Read(image, frames, frame)));
            }
        }
        catch (Exception error) when (error is DicomException or IOException)
        {
            skip(file, error.Message);
        }
    }

    private IEnumerable<ReadSlice> Convert(
        List<(LabelledFile File, string Study, int Frame, SlicePixels Pixels)> slices, TumorClass label, string folder, SampleOrigin origin)
    {
        if (slices.Count == 0)
        {
            return [];
        }

        var range = DisplayRange.OfSeries(slices.ConvertAll(slice => slice.Pixels), reader.Parameters);
        var read = slices.AsParallel().AsOrdered().WithDegreeOfParallelism(threads).Select(slice => reader.Read(
            slice.Pixels,
            range,
            label,
            slice.Frame == 0 ? slice.File.Name : FormattableString.Invariant($"{slice.File.Name}#{slice.Frame + 1}"),
            origin,
            $"{folder} {slice.File.Unit ?? slice.Study}",
            SliceEncoding.Dicom)).ToArray();
        var fullest = read.Max(slice => slice.HeadFraction);
        return read.Where(slice => slice.HeadFraction > 0 && slice.HeadFraction >= LeastHead * fullest);
    }
}
