namespace BrainTumorDicom.Classification.Selection;

/// <summary>What tells apart the frames of one multi-frame image that lie in the same place: each kind is a stack of its own. Empty for a single-frame image.</summary>
/// <param name="StackId">Stack ID (PS3.3 §C.7.6.16.2.2).</param>
/// <param name="TemporalPosition">Temporal Position Index, from 1.</param>
/// <param name="ComplexComponent">Complex Image Component (PS3.3 §C.8.13.3.1).</param>
/// <param name="AcquisitionContrast">Acquisition Contrast (PS3.3 §C.8.13.3.1).</param>
/// <param name="InversionTime">In ms: MP2RAGE has two images that differ in nothing else.</param>
/// <param name="AgentAdministered">Whether a contrast agent had been given; <see langword="null"/> where the frame does not say.</param>
internal readonly record struct FrameKind(
    string? StackId, int? TemporalPosition, string? ComplexComponent, string? AcquisitionContrast, double? InversionTime, bool? AgentAdministered);
