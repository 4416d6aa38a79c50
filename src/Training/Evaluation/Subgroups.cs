using BrainTumorDicom.Training.Data;

namespace BrainTumorDicom.Training.Evaluation;

/// <summary>Parts a set by what is known of its slices.</summary>
internal static class Subgroups
{
    private const int Large = 448;
    private const int Small = 256;

    /// <summary>Plane, source and size of every part that has slices.</summary>
    public static IEnumerable<Subgroup> Of(IReadOnlyList<SliceResult> results, int classes) => new (string Kind, Func<SliceFacts, string> Name)[]
    {
        ("plane (guessed)", facts => facts.Plane.ToString().ToLowerInvariant()),
        ("source", SourceOf),
        ("size", SizeOf),
    }.SelectMany(part => results.Where(result => result.Sample.Facts is not null)
        .GroupBy(result => part.Name(result.Sample.Facts!))
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group =>
        {
            var own = group.ToArray();
            var totals = Totals.Of(own, classes);
            var draws = new GroupBootstrap(Array.ConvertAll(own, result => result.Sample.Group)).Draw(own, classes);
            return new Subgroup(
                part.Kind, group.Key, own.Length, GroupBootstrap.Of(totals.Accuracy, draws.Select(draw => draw.Accuracy)), [.. Enumerable.Range(0, classes).Select(totals.Recall)]);
        }));

    /// <summary>Where a slice seems to come from: the figshare set of Cheng et al. is stored as grey squares of 512.</summary>
    public static string SourceOf(SliceFacts facts) =>
        facts.Encoding == SliceEncoding.Dicom ? "DICOM"
        : facts is { Encoding: SliceEncoding.JpegGray, Rows: 512, Columns: 512 } ? "grey 512 x 512 (as figshare 1512427)"
        : "other pictures";

    private static string SizeOf(SliceFacts facts) => Math.Max(facts.Rows, facts.Columns) switch
    {
        < Small => $"under {Small}",
        < Large => $"{Small} to {Large - 1}",
        _ => $"{Large} and more",
    };
}
