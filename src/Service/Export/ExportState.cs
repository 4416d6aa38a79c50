namespace BrainTumorDicom.Service.Export;

/// <summary>How the export of one instance went.</summary>
public enum ExportState
{
    /// <summary>The file was written.</summary>
    Written,

    /// <summary>The same file was there.</summary>
    Present,

    /// <summary>Another file of that name is there; it was left alone.</summary>
    Conflict,

    /// <summary>The record in the journal is damaged or gone.</summary>
    Damaged,
}
