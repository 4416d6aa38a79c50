using BrainTumorDicom.Classification.Findings;

namespace BrainTumorDicom.Training.Evaluation.Volumes;

/// <summary>What a model says of one series, and how many tumours it finds when they are put into it.</summary>
/// <param name="Name">The series.</param>
/// <param name="Weighting">As its headers tell it.</param>
/// <param name="Disposition">How its analysis ended.</param>
/// <param name="Reason">Code of the reason, or empty.</param>
/// <param name="Class">The answer, or <see langword="null"/>.</param>
/// <param name="TumorProbability">Of any tumour, for the series; NaN when it was not analysed.</param>
/// <param name="Slices">How many it has.</param>
/// <param name="Analysed">How many took part.</param>
/// <param name="Called">How many of these were called a tumour.</param>
/// <param name="Inserted">Tumours put in, one at a time.</param>
/// <param name="Found">Of these, answered with a tumour on slices that carry it.</param>
/// <param name="RightClass">Of these, with its class.</param>
/// <param name="Abstained">Of the inserted, abstained from with a reason.</param>
public sealed record VolumeFigures(
    string Name,
    string Weighting,
    Disposition Disposition,
    string Reason,
    TumorClass? Class,
    double TumorProbability,
    int Slices,
    int Analysed,
    int Called,
    int Inserted,
    int Found,
    int RightClass,
    int Abstained);
