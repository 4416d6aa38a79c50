namespace BrainTumorDicom.Service.Receive;

/// <summary>The few attributes by which an instance is filed. Missing ones are empty.</summary>
internal sealed record DataSetIndex
{
    /// <summary>SOP Class UID (0008,0016).</summary>
    public string SopClassUid { get; init; } = "";

    /// <summary>SOP Instance UID (0008,0018).</summary>
    public string SopInstanceUid { get; init; } = "";

    /// <summary>Modality (0008,0060).</summary>
    public string Modality { get; init; } = "";

    /// <summary>Manufacturer (0008,0070).</summary>
    public string Manufacturer { get; init; } = "";

    /// <summary>Manufacturer's Model Name (0008,1090).</summary>
    public string ManufacturerModelName { get; init; } = "";

    /// <summary>Study Instance UID (0020,000D).</summary>
    public string StudyInstanceUid { get; init; } = "";

    /// <summary>Series Instance UID (0020,000E).</summary>
    public string SeriesInstanceUid { get; init; } = "";

    /// <summary>Why the data set cannot be understood, in at most 64 characters (LO); empty when it can.</summary>
    public string Problem { get; init; } = "";
}
