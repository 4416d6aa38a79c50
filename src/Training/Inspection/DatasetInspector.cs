using System.Collections.Immutable;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Slices.Conversion;
using BrainTumorDicom.Training.Data;

namespace BrainTumorDicom.Training.Inspection;

/// <summary>Looks a set over: balance, sizes, files that are not what they say, copies and leak groups.</summary>
/// <param name="folder">A folder of class folders.</param>
/// <param name="groupsFile">A table of leak groups to compare with, or <see langword="null"/>.</param>
/// <param name="threads">How many files are read at a time.</param>
public sealed class DatasetInspector(string folder, string? groupsFile, int threads)
{
    private const int HistogramBins = 64;
    private const int FewestAlike = 5;

    /// <summary>Reads everything and looks.</summary>
    /// <exception cref="TrainingException">There is nothing to look at, or the table cannot be read.</exception>
    public DatasetInspection Run(IProgress<(int Done, int Total)>? progress, CancellationToken cancellationToken)
    {
        var table = groupsFile is null ? null : GroupFile.Read(groupsFile);
        var reader = new SliceReader(new PreprocessingParameters(Size: DatasetInspection.PictureSize));
        var (slices, skipped) = new ClassFolders(reader, threads, mostSkipped: 1).Read(folder, SampleOrigin.Also, groups: null, progress, cancellationToken);
        var samples = slices.Select(slice => slice.Sample).ToArray();
        var (groups, links) = Group(slices, cancellationToken);
        var (shortcut, majority) = Shortcut(samples);
        return new DatasetInspection(
            folder,
            [.. Enum.GetValues<TumorClass>().Select(label => Look(label, samples, groups))],
            [.. samples.CountBy(sample => (sample.Facts!.Rows, sample.Facts.Columns)).OrderByDescending(size => size.Value).ThenBy(size => size.Key).Select(size => (size.Key.Rows, size.Key.Columns, size.Value))],
            [.. samples.CountBy(sample => sample.Facts!.Encoding).OrderBy(encoding => encoding.Key).Select(encoding => (encoding.Key, encoding.Value))],
            [.. samples.CountBy(sample => (sample.Label, sample.Facts!.Plane)).OrderBy(plane => plane.Key).Select(plane => (plane.Key.Label, plane.Key.Plane, plane.Value))],
            [.. skipped],
            [.. samples.Where(sample => SetFiles.IsMisnamed(sample.Name, sample.Facts!.Encoding)).Select(sample => sample.Name)],
            [.. SetFiles.Foreign(folder)],
            Copies(slices),
            Contradictions(slices, links),
            links.Where(link => link.Kind == LeakKind.NearCopy).SelectMany(link => new[] { link.First, link.Second }).Distinct().Count(),
            [.. groups],
            [.. samples.Select(sample => sample.Name)],
            table is null ? null : GroupComparison.Of(Array.ConvertAll(samples, sample => sample.Name), groups, table),
            shortcut,
            majority);
    }

    private (int[] Groups, IReadOnlyList<LeakLink> Links) Group(IReadOnlyList<ReadSlice> slices, CancellationToken cancellationToken)
    {
        var numbers = new GroupNumbers();
        var own = slices.Select(slice => numbers.Of(slice.Group, slice.Digest)).ToArray();
        var images = Enumerable.Range(0, slices.Count).Where(i => slices[i].Sample.Facts!.Encoding != SliceEncoding.Dicom).ToArray();
        var links = LeakSearch.Find([.. images.Select(i => (slices[i].Sample.Name, slices[i].Sample.Facts!.Fingerprint))], threads, cancellationToken)
            .Select(link => link with { First = images[link.First], Second = images[link.Second] })
            .ToArray();
        foreach (var link in links)
        {
            numbers.Join(own[link.First], own[link.Second]);
        }

        // Numbered from 1 in the order of the slices.
        var shown = new Dictionary<int, int>();
        return (Array.ConvertAll(own, number => shown.TryGetValue(numbers.Root(number), out var known) ? known : shown[numbers.Root(number)] = shown.Count + 1), links);
    }

    private static ClassPicture Look(TumorClass label, Sample[] samples, int[] groups)
    {
        const int Pixels = DatasetInspection.PictureSize * DatasetInspection.PictureSize;
        var (sums, squares, histogram) = (new double[Pixels], new double[Pixels], new double[HistogramBins]);
        var own = Enumerable.Range(0, samples.Length).Where(i => samples[i].Label == label).ToArray();
        foreach (var index in own)
        {
            for (var i = 0; i < Pixels; i++)
            {
                var value = (double)samples[index].Input[i];
                sums[i] += value;
                squares[i] += value * value;
                histogram[Math.Min(HistogramBins - 1, (int)(value * HistogramBins))]++;
            }
        }

        var count = Math.Max(1, own.Length);
        return new ClassPicture(
            label,
            own.Length,
            own.Select(i => groups[i]).Distinct().Count(),
            own.Length == 0 ? 0 : (double)samples.Length / (samples.DistinctBy(sample => sample.Label).Count() * own.Length),
            [.. sums.Select(sum => (float)(sum / count))],
            [.. sums.Select((sum, i) => (float)Math.Sqrt(Math.Max(0, (squares[i] / count) - (sum / count * (sum / count)))))],
            [.. histogram.Select(bin => bin / ((double)count * Pixels))]);
    }

    private static ImmutableArray<ImmutableArray<string>> Copies(IReadOnlyList<ReadSlice> slices) =>
        [.. slices.GroupBy(slice => slice.Digest).Where(group => group.Count() > 1).Select(group => group.Select(slice => slice.Sample.Name).ToImmutableArray())];

    private static ImmutableArray<ImmutableArray<string>> Contradictions(IReadOnlyList<ReadSlice> slices, IReadOnlyList<LeakLink> links)
    {
        var copies = slices.GroupBy(slice => slice.Digest)
            .Where(group => group.DistinctBy(slice => slice.Sample.Label).Count() > 1)
            .Select(group => group.Select(slice => slice.Sample.Name).ToImmutableArray());
        var near = links.Where(link => link.Kind == LeakKind.NearCopy && slices[link.First].Sample.Label != slices[link.Second].Sample.Label
                && slices[link.First].Digest != slices[link.Second].Digest)
            .Select(link => ImmutableArray.Create(slices[link.First].Sample.Name, slices[link.Second].Sample.Name));
        return [.. copies, .. near];
    }

    private static (double Shortcut, double Majority) Shortcut(Sample[] samples)
    {
        var majority = samples.CountBy(sample => sample.Label).MaxBy(label => label.Value);
        var right = samples.GroupBy(Key).Sum(alike =>
        {
            // Of a few alike nothing can be learned: they are told by the most frequent class of all.
            var own = alike.CountBy(sample => sample.Label).ToDictionary();
            return own.Values.Sum() >= FewestAlike ? own.Values.Max() : own.GetValueOrDefault(majority.Key);
        });
        return ((double)right / samples.Length, (double)majority.Value / samples.Length);

        static (int, int, SliceEncoding) Key(Sample sample) => (sample.Facts!.Rows, sample.Facts.Columns, sample.Facts.Encoding);
    }
}
