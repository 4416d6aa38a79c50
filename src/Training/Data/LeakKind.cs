namespace BrainTumorDicom.Training.Data;

/// <summary>Why two slices must not be parted by a split.</summary>
public enum LeakKind
{
    /// <summary>Almost the same picture: another size, contrast or compression.</summary>
    NearCopy,

    /// <summary>Much alike, and files of neighbouring numbers: mostly neighbouring slices of one head.</summary>
    Neighbour,
}
