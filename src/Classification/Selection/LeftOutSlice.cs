using BrainTumorDicom.Classification.Findings;

namespace BrainTumorDicom.Classification.Selection;

/// <summary>A slice that takes no part.</summary>
/// <param name="Header">Its header.</param>
/// <param name="Reason">Why.</param>
internal readonly record struct LeftOutSlice(SliceHeader Header, FindingReason Reason);
