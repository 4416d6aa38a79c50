namespace BrainTumorDicom.Classification.Findings;

/// <summary>Why there is no answer: a code of the private scheme 99BTD and its meaning. The same in log, ledger and report.</summary>
/// <param name="Code">Stable code, upper case with hyphens, at most 16 characters (SH): for example <c>NOT-MR</c>.</param>
/// <param name="Meaning">One short sentence for people, at most 64 characters (LO).</param>
/// <param name="Detail">What was seen in this case, without patient attributes; may be empty.</param>
public sealed record FindingReason(string Code, string Meaning, string Detail = "");
