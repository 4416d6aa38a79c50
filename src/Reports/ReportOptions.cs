namespace BrainTumorDicom.Reports;

/// <summary>What is written beside the structured report, the FHIR bundle and the finding. Section <c>Reports</c>. Which destination gets which of it is the destination's setting.</summary>
public sealed class ReportOptions
{
    /// <summary>Heat maps of the key slices, as Secondary Capture and PNG. Default true.</summary>
    public bool HeatMaps { get; set; } = true;

    /// <summary>The report as a page, as PDF and Encapsulated PDF. Default true.</summary>
    public bool Pdf { get; set; } = true;

    /// <summary>A Key Object Selection of the key slices. Default false: many archives show it as a radiologist's mark.</summary>
    public bool KeyObjects { get; set; }

    /// <summary>A Parametric Map of the attention in the key slices, for software. Default false: few viewers read it.</summary>
    public bool ParametricMap { get; set; }
}
