namespace BrainTumorDicom.Classification.Selection;

/// <summary>Which part of a concatenation an instance is: one multi-frame image that was split over several (PS3.3 §C.7.6.16.2.2.4).</summary>
/// <param name="Uid">Concatenation UID.</param>
/// <param name="SourceUid">SOP Instance UID of Concatenation Source: of the whole image; the Concatenation UID where it is missing.</param>
/// <param name="Number">In-concatenation Number, from 1.</param>
/// <param name="Total">In-concatenation Total Number, or <see langword="null"/>: it may be unknown while the first parts are made.</param>
/// <param name="FrameOffset">Concatenation Frame Offset Number: frames of the whole image before the part's first.</param>
internal sealed record ConcatenationPart(string Uid, string SourceUid, int Number, int? Total, int FrameOffset);
