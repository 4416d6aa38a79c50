namespace BrainTumorDicom.Training.Data;

/// <summary>Reads all sets of a training and numbers their groups.</summary>
internal sealed class SampleLoader(SliceReader reader, int threads)
{
    private readonly GroupNumbers _numbers = new();
    private readonly List<Sample> _samples = [];
    private readonly List<string> _skipped = [];
    private readonly List<int> _searched = [];
    private readonly List<int> _listed = [];

    /// <summary>Reads a folder of class folders.</summary>
    public void AddFolder(
        string folder, SampleOrigin origin, string? groupsFile, IProgress<(int Done, int Total)>? progress, CancellationToken cancellationToken)
    {
        var groups = groupsFile is null ? null : GroupFile.Read(groupsFile);
        var (slices, skipped) = new ClassFolders(reader, threads).Read(folder, origin, groups, progress, cancellationToken);
        if (groups is not null && !slices.Any(slice => slice.IsListed))
        {
            throw new TrainingException($"The groups file {groupsFile} names none of the slices in {folder}: it belongs to another set. Give the right one, or leave --groups out: groups are then searched for.");
        }

        Add(slices);
        _skipped.AddRange(skipped);
    }

    /// <summary>Adds slices from elsewhere.</summary>
    public void Add(IEnumerable<ReadSlice> slices)
    {
        foreach (var slice in slices)
        {
            if (slice.Sample.Facts is { Encoding: not SliceEncoding.Dicom })
            {
                (slice.IsListed ? _listed : _searched).Add(_samples.Count);
            }

            _samples.Add(slice.Sample with { Group = _numbers.Of(slice.Group, slice.Digest) });
        }
    }

    /// <summary>Everything added, with copies in one group; image files that no table lists are searched for near copies too.</summary>
    /// <remarks>DICOM files say which study they belong to, and need no search.</remarks>
    public SampleSet Finish(CancellationToken cancellationToken = default)
    {
        var images = _searched.Concat(_listed).ToArray();
        var links = _searched.Count == 0 ? [] : LeakSearch.Find(
            [.. images.Select(i => (_samples[i].Name, _samples[i].Facts!.Fingerprint))], threads, cancellationToken);
        foreach (var link in links.Where(link => link.First < _searched.Count))
        {
            _numbers.Join(_samples[images[link.First]].Group, _samples[images[link.Second]].Group);
        }

        return new SampleSet([.. _samples.Select(sample => sample with { Group = _numbers.Root(sample.Group) })], [.. _skipped]);
    }
}
