namespace BrainTumorDicom.Training.Data;

/// <summary>A sample before its group is numbered.</summary>
/// <param name="Sample">The sample.</param>
/// <param name="Group">Name of its group.</param>
/// <param name="Digest">Of its pixels as read: equal ones are copies.</param>
/// <param name="HeadFraction">Part of the slice that is head.</param>
internal sealed record ReadSlice(Sample Sample, string Group, UInt128 Digest, double HeadFraction)
{
    /// <summary>How the name of a group begins that a table lists.</summary>
    public const string ListedGroup = "listed ";

    /// <summary>Whether a table lists the slice: then it alone says what belongs together.</summary>
    public bool IsListed => Group.StartsWith(ListedGroup, StringComparison.Ordinal);
}
