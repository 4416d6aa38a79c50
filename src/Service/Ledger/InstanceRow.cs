namespace BrainTumorDicom.Service.Ledger;

/// <summary>One stored instance: where its record is in the journal.</summary>
internal sealed record InstanceRow
{
    /// <summary>Rises with the order of arrival in the ledger; 0 before it is inserted.</summary>
    public long Id { get; init; }

    /// <summary>SOP Instance UID.</summary>
    public required string SopInstanceUid { get; init; }

    /// <summary>0 for the first content under this UID; 1, 2, ... for other bytes that came under the same UID.</summary>
    public required int Variant { get; init; }

    /// <summary>Study Instance UID.</summary>
    public required string StudyInstanceUid { get; init; }

    /// <summary>Series Instance UID.</summary>
    public required string SeriesInstanceUid { get; init; }

    /// <summary>Modality (0008,0060) as sent, or empty. Kept with the series.</summary>
    public string Modality { get; init; } = "";

    /// <summary>SOP Class UID.</summary>
    public required string SopClassUid { get; init; }

    /// <summary>Transfer syntax of the data set.</summary>
    public required string TransferSyntaxUid { get; init; }

    /// <summary>AE title of the sender.</summary>
    public required string CallingAe { get; init; }

    /// <summary>When it was answered.</summary>
    public required DateTimeOffset Received { get; init; }

    /// <summary>Number of the journal segment.</summary>
    public required long Segment { get; init; }

    /// <summary>First byte of the record in the segment.</summary>
    public required long Offset { get; init; }

    /// <summary>Length of the whole record in bytes.</summary>
    public required long Length { get; init; }

    /// <summary>Length of the data set in bytes.</summary>
    public required long DataLength { get; init; }

    /// <summary>CRC-32C of the data set.</summary>
    public required long DataChecksum { get; init; }

    /// <summary>Whether it is a result of this program: kept, counted as nothing that is to be analysed.</summary>
    public bool Own { get; init; }

    /// <summary>When retention removed its bytes, or <see langword="null"/>.</summary>
    public DateTimeOffset? Purged { get; init; }
}
