namespace BrainTumorDicom.Service.Journal;

/// <summary>What a record says of its object, so that nobody has to decode the object to find it again.</summary>
internal sealed record RecordHeader
{
    /// <summary>What the record is.</summary>
    public JournalRecordKind Kind { get; init; } = JournalRecordKind.Instance;

    /// <summary>How the association ended, in a record of kind <see cref="JournalRecordKind.End"/>.</summary>
    public SegmentOutcome? Outcome { get; init; }

    /// <summary>The association, numbered from the start of the service.</summary>
    public required long AssociationId { get; init; }

    /// <summary>When the record was written, to the millisecond.</summary>
    public required DateTimeOffset Received { get; init; }

    /// <summary>AE title of the sender.</summary>
    public required string CallingAe { get; init; }

    /// <summary>0 for the first content under a SOP Instance UID; 1, 2, ... for other bytes under the same UID.</summary>
    public int Variant { get; init; }

    /// <summary>SOP Class UID.</summary>
    public string SopClassUid { get; init; } = "";

    /// <summary>SOP Instance UID.</summary>
    public string SopInstanceUid { get; init; } = "";

    /// <summary>Transfer syntax of the data set.</summary>
    public string TransferSyntaxUid { get; init; } = "";

    /// <summary>Study Instance UID.</summary>
    public string StudyInstanceUid { get; init; } = "";

    /// <summary>Series Instance UID.</summary>
    public string SeriesInstanceUid { get; init; } = "";

    /// <summary>Modality (0008,0060), or empty.</summary>
    public string Modality { get; init; } = "";
}
