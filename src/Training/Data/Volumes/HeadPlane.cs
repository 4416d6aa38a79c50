namespace BrainTumorDicom.Training.Data.Volumes;

/// <summary>How a slice lies in the head.</summary>
internal enum HeadPlane
{
    /// <summary>Not known: image files do not say.</summary>
    Unknown,

    /// <summary>Across the long axis of the body.</summary>
    Axial,

    /// <summary>Parallel to the face.</summary>
    Coronal,

    /// <summary>Parallel to the symmetry of the head.</summary>
    Sagittal,
}
