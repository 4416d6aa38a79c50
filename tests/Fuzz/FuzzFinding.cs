namespace BrainTumorDicom.Fuzz;

/// <summary>An input that a target did not stand.</summary>
/// <param name="Target">Name of the target.</param>
/// <param name="Problem">What happened, in one line.</param>
/// <param name="Input">The bytes.</param>
/// <param name="Detail">The exception with its stack, where there is one.</param>
internal sealed record FuzzFinding(string Target, string Problem, byte[] Input, string Detail);
