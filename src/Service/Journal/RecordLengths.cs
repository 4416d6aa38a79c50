namespace BrainTumorDicom.Service.Journal;

/// <summary>The lengths that a record gives at its beginning, in bytes.</summary>
/// <param name="Header">Length of the header.</param>
/// <param name="Meta">Length of preamble and File Meta Information.</param>
/// <param name="Data">Length of the data set.</param>
internal readonly record struct RecordLengths(int Header, int Meta, long Data)
{
    /// <summary>Everything before the data set.</summary>
    public int Head => RecordFormat.PrefixLength + Header + Meta;

    /// <summary>The whole record.</summary>
    public long Record => Head + Data;
}
