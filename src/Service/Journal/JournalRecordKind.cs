namespace BrainTumorDicom.Service.Journal;

/// <summary>What a record is.</summary>
internal enum JournalRecordKind : byte
{
    /// <summary>An instance: a whole Part 10 object.</summary>
    Instance = 1,

    /// <summary>The end of the association, or of this segment of it. Carries no object.</summary>
    End = 2,
}
