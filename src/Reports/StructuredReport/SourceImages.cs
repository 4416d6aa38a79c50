using System.Collections.Immutable;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Reports.Source;

namespace BrainTumorDicom.Reports.StructuredReport;

/// <summary>The images of a finding as references: one per instance, the frames of a multi-frame image together.</summary>
internal static class SourceImages
{
    // IS has a 16-bit length in explicit VR; an image with more frames than this in use is referenced whole.
    private const int MaximumFrames = 8000;

    /// <summary>The frames in use, by instance, in the order given.</summary>
    public static ImmutableArray<ImageReference> Of(IEnumerable<SliceFinding> slices) =>
        [.. Groups(slices).Select(group =>
        {
            var frames = group.Select(slice => slice.FrameNumber).OfType<int>().Distinct().Order().ToImmutableArray();
            return new ImageReference(group.First().SopClassUid, group.Key, frames.Length <= MaximumFrames ? frames : []);
        })];

    /// <summary>The whole images, used or not.</summary>
    public static ImmutableArray<ImageReference> Whole(IEnumerable<SliceFinding> slices) =>
        [.. Groups(slices).Select(group => new ImageReference(group.First().SopClassUid, group.Key, []))];

    // An instance without a writable UID cannot be referenced; it is counted in the text all the same.
    private static IEnumerable<IGrouping<string, SliceFinding>> Groups(IEnumerable<SliceFinding> slices) =>
        slices.Where(slice => ValueRules.IsUid(slice.SopInstanceUid) && ValueRules.IsUid(slice.SopClassUid) && IsImage(slice.SopClassUid))
            .GroupBy(slice => slice.SopInstanceUid, StringComparer.Ordinal);

    /// <summary>Whether a storage class holds images, so that an IMAGE item may refer to it: not a report, presentation state, waveform, raw data, document or plan.</summary>
    private static bool IsImage(string sopClassUid)
    {
        const string storage = "1.2.840.10008.5.1.4.1.1.";
        string[] others = ["9.", "11.", "66", "67", "68.", "88.", "104.", "481.2", "481.3", "481.4", "481.5", "481.6", "481.7", "481.8", "481.9"];
        return !sopClassUid.StartsWith(storage, StringComparison.Ordinal)
            || sopClassUid == storage + "66.4"
            || !others.Any(other => sopClassUid.AsSpan(storage.Length).StartsWith(other, StringComparison.Ordinal));
    }
}
