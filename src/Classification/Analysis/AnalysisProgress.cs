namespace BrainTumorDicom.Classification.Analysis;

/// <summary>How far the analysis of a study is.</summary>
/// <param name="Done">Steps done: each instance is read once for its header, and each slice classified.</param>
/// <param name="Total">Steps known so far.</param>
public readonly record struct AnalysisProgress(int Done, int Total);
