namespace BrainTumorDicom.Training.Data;

/// <summary>Reads all sets of a training and numbers their groups.</summary>
internal sealed class SampleLoader(SliceReader reader, int threads)
{
    private readonly GroupNumbers _numbers = new();
    private readonly List<Sample> _samples = [];
    private readonly List<string> _skipped = [];

    /// <summary>Reads a folder of class folders.</summary>
    public void AddFolder(
        string folder, SampleOrigin origin, string? groupsFile, IProgress<(int Done, int Total)>? progress, CancellationToken cancellationToken)
    {
        var groups = groupsFile is null ? null : GroupFile.Read(groupsFile);
        var (slices, skipped) = new ClassFolders(reader, threads).Read(folder, origin, groups, progress, cancellationToken);
        Add(slices);
        _skipped.AddRange(skipped);
    }

    /// <summary>Adds slices from elsewhere.</summary>
    public void Add(IEnumerable<ReadSlice> slices)
    {
        foreach (var slice in slices)
        {
            _samples.Add(slice.Sample with { Group = _numbers.Of(slice.Group, slice.Digest) });
        }
    }

    /// <summary>Everything added, with copies in one group.</summary>
    public SampleSet Finish() =>
        new([.. _samples.Select(sample => sample with { Group = _numbers.Root(sample.Group) })], [.. _skipped]);
}
