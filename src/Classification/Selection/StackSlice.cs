namespace BrainTumorDicom.Classification.Selection;

/// <summary>One slice of the stack that is analysed.</summary>
/// <param name="Header">Its header.</param>
/// <param name="Position">Where it lies along the slice normal, in mm.</param>
internal readonly record struct StackSlice(SliceHeader Header, double Position);
