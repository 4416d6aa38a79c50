namespace BrainTumorDicom.Service.Export;

/// <summary>What an <see cref="InstanceExport"/> writes, and where.</summary>
public sealed record ExportOptions
{
    /// <summary>Data folder of the service, which may be running.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Folder of the journal; <see langword="null"/> where it is in the data folder.</summary>
    public string? JournalFolder { get; init; }

    /// <summary>Folder for the files.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>Only this study, or <see langword="null"/>.</summary>
    public string? StudyInstanceUid { get; init; }

    /// <summary>Only this series, or <see langword="null"/>.</summary>
    public string? SeriesInstanceUid { get; init; }

    /// <summary>Only what was received then or later, or <see langword="null"/>.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Whether to read the journal from front to back even where there is a ledger.</summary>
    public bool FromJournal { get; init; }
}
