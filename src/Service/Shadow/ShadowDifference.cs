namespace BrainTumorDicom.Service.Shadow;

/// <summary>A revision on which the model in use and its shadow differ.</summary>
/// <param name="Study">Study Instance UID.</param>
/// <param name="Revision">Revision of the study.</param>
/// <param name="Reported">Class or disposition that was reported.</param>
/// <param name="ReportedReason">Reason code, where there is no class.</param>
/// <param name="Shadow">Class or disposition of the shadow.</param>
/// <param name="ShadowReason">Reason code, where there is no class.</param>
public sealed record ShadowDifference(string Study, int Revision, string Reported, string? ReportedReason, string Shadow, string? ShadowReason);
