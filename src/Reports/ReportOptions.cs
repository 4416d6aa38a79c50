namespace BrainTumorDicom.Reports;

/// <summary>What is written beside the structured report, the FHIR bundle and the finding. Section <c>Reports</c>. Which destination gets which of it is the destination's setting; what one names is written whatever is said here.</summary>
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

    /// <summary>Turns on what a destination names among its objects: it cannot get what is not written.</summary>
    /// <param name="kind">Kind of object, as <see cref="ReportFile.Kind"/>.</param>
    public void Ask(string kind)
    {
        HeatMaps |= kind is ReportKinds.HeatMap or ReportKinds.Picture;
        Pdf |= kind is ReportKinds.EncapsulatedPdf or ReportKinds.Document;
        KeyObjects |= kind == ReportKinds.KeyObjects;
        ParametricMap |= kind == ReportKinds.ParametricMap;
    }
}
