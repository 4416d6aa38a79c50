using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Slices.Conversion;

namespace BrainTumorDicom.Training.Data.Volumes;

/// <summary>Slices of whole heads without tumour, in every plane that a series can be shown in, with the ends of the head.</summary>
/// <param name="reader">Converts them.</param>
/// <param name="threads">How many slices are converted at a time.</param>
internal sealed class VolumeSamples(SliceReader reader, int threads)
{
    // Slices with less head than this part of the fullest are air.
    private const double LeastHead = 0.08;

    // Neighbours closer than this show the same.
    private const double LeastDistance = 1.9;

    /// <summary>Reads all series of a folder.</summary>
    /// <param name="folder">The series (<see cref="VolumeFolder"/>).</param>
    /// <param name="heldOut">Sources or series that training must not see.</param>
    /// <param name="progress">Series read and in all.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public IReadOnlyList<ReadSlice> Read(
        string folder, IReadOnlyCollection<string> heldOut, IProgress<(int Done, int Total)>? progress, CancellationToken cancellationToken)
    {
        var result = new List<ReadSlice>();
        var series = VolumeFolder.List(folder, heldOut);
        for (var i = 0; i < series.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (VolumeReader.Read(series[i].Files) is { } volume)
            {
                foreach (var plane in volume.Planes)
                {
                    result.AddRange(Slices(volume, plane, series[i].Name));
                }
            }

            progress?.Report((i + 1, series.Count));
        }

        return result;
    }

    private IEnumerable<ReadSlice> Slices(HeadVolume volume, HeadPlane plane, string name)
    {
        var step = plane == volume.Native ? 1 : Math.Max(1, (int)Math.Ceiling(LeastDistance / volume.Spacing(plane)));
        var slices = Enumerable.Range(0, volume.Count(plane)).Select(i => volume.Slice(plane, i)).ToArray();
        var range = DisplayRange.OfSeries(slices, reader.Parameters);
        var read = Enumerable.Range(0, slices.Length).Where(i => i % step == 0).ToArray().AsParallel().AsOrdered().WithDegreeOfParallelism(threads)
            .Select(i => (Index: i, Slice: reader.Read(
                slices[i], range, TumorClass.NoTumor, FormattableString.Invariant($"{name} {plane} {i + 1}"), SampleOrigin.Volume, "volume " + VolumeFolder.SourceOf(name))))
            .ToArray();
        var fullest = read.Max(one => one.Slice.HeadFraction);
        var kept = read.Where(one => one.Slice.HeadFraction > 0 && one.Slice.HeadFraction >= LeastHead * fullest).ToArray();
        var (first, last) = (kept[0].Index, Math.Max(kept[0].Index + 1, kept[^1].Index));
        return kept.Select(one => one.Slice with
        {
            Sample = one.Slice.Sample with { Plane = plane, Level = (float)(one.Index - first) / (last - first), Series = name },
        });
    }
}
