using System.Collections.Immutable;

namespace BrainTumorDicom.Classification.Findings;

/// <summary>The one result type: what the algorithm says of a study. SR, FHIR, the files beside them and the command line are written from it.</summary>
/// <param name="StudyInstanceUid">The source study.</param>
/// <param name="Disposition">How the analysis of the study ended.</param>
/// <param name="Reason">Set exactly when <paramref name="Disposition"/> is abstained, refused or error.</param>
/// <param name="Class">Set when the disposition is target tumour or no target tumour.</param>
/// <param name="Probabilities">[4] calibrated probabilities in the order of <see cref="TumorClass"/>; empty when not analysed.</param>
/// <param name="DecidingSeries">The series in <paramref name="Series"/> whose answer is the study's, or <see langword="null"/> when none was analysed.</param>
/// <param name="Series">Every series of the study that was received, each with its own answer or reason.</param>
/// <param name="Complete">Whether all slices that the study is known to have took part.</param>
/// <param name="IncompleteReason">What is missing, for people, when <paramref name="Complete"/> is false; else empty.</param>
/// <param name="AnalysisStarted">When the analysis began.</param>
/// <param name="Model">The model that gave the answer.</param>
public sealed record Finding(
    string StudyInstanceUid,
    Disposition Disposition,
    FindingReason? Reason,
    TumorClass? Class,
    ImmutableArray<double> Probabilities,
    SeriesFinding? DecidingSeries,
    ImmutableArray<SeriesFinding> Series,
    bool Complete,
    string IncompleteReason,
    DateTimeOffset AnalysisStarted,
    ModelIdentity Model);
