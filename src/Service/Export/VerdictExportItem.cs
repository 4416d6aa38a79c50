namespace BrainTumorDicom.Service.Export;

/// <summary>What became of one judged study.</summary>
/// <param name="Study">Study Instance UID as received; for the one who exports, not for the set.</param>
/// <param name="Class">Label of the readers' class; empty where they are divided.</param>
/// <param name="ForReview">Whether its slices are still to be told apart.</param>
/// <param name="Written">Instances written.</param>
/// <param name="Reason">Why none, or not all; else empty.</param>
public sealed record VerdictExportItem(string Study, string Class, bool ForReview, int Written, string Reason);
