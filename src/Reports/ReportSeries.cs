using System.Collections.Immutable;

namespace BrainTumorDicom.Reports;

/// <summary>A kind of report series. Objects of different kinds never share one.</summary>
/// <param name="Name">Part of the names that UIDs are made from; must never change.</param>
/// <param name="Modality">Modality (0008,0060).</param>
/// <param name="Offset">Added to <see cref="ReportOrigin.SeriesNumber"/>.</param>
/// <param name="Description">Series Description (0008,103E) with the label; fits LO (64 characters).</param>
public sealed record ReportSeries(string Name, string Modality, int Offset, string Description)
{
    /// <summary>Structured reports.</summary>
    public static ReportSeries StructuredReport { get; } = new("SR", "SR", 0, "AI BRAIN MR - RESEARCH USE ONLY - NOT FOR DIAGNOSIS");

    /// <summary>Heat maps of key slices.</summary>
    public static ReportSeries HeatMap { get; } = new("HEATMAP", "OT", 1, "AI ATTENTION MAP - RESEARCH USE ONLY - NOT FOR DIAGNOSIS");

    /// <summary>Encapsulated PDF.</summary>
    public static ReportSeries Document { get; } = new("DOC", "DOC", 2, "AI BRAIN MR PDF - RESEARCH USE ONLY - NOT FOR DIAGNOSIS");

    /// <summary>Key Object Selections.</summary>
    public static ReportSeries KeyObjects { get; } = new("KO", "KO", 3, "AI KEY IMAGES - RESEARCH USE ONLY - NOT FOR DIAGNOSIS");

    /// <summary>Parametric maps. Not MR: series of these modalities are looked through for our own objects when a source is asked what it has.</summary>
    public static ReportSeries ParametricMap { get; } = new("PM", "OT", 4, "AI ATTENTION DATA - RESEARCH USE ONLY - NOT FOR DIAGNOSIS");

    /// <summary>All of them.</summary>
    public static ImmutableArray<ReportSeries> All { get; } = [StructuredReport, HeatMap, Document, KeyObjects, ParametricMap];
}
