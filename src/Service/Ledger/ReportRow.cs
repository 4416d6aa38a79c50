namespace BrainTumorDicom.Service.Ledger;

/// <summary>One report object, written once: a retry sends the same bytes.</summary>
internal sealed record ReportRow
{
    /// <summary>Study Instance UID.</summary>
    public required string StudyInstanceUid { get; init; }

    /// <summary>Revision of the study.</summary>
    public required int Revision { get; init; }

    /// <summary>What it is: one word, unique within the revision.</summary>
    public required string Kind { get; init; }

    /// <summary>SOP Instance UID, or the identifier of the bundle.</summary>
    public required string Uid { get; init; }

    /// <summary>File, relative to the data folder.</summary>
    public required string Path { get; init; }

    /// <summary>Lower-case hexadecimal SHA-256 of the file.</summary>
    public required string Sha256 { get; init; }
}
