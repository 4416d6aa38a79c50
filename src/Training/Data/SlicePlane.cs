namespace BrainTumorDicom.Training.Data;

/// <summary>Which way a slice cuts the head.</summary>
public enum SlicePlane
{
    /// <summary>From ear to ear and from front to back.</summary>
    Axial,

    /// <summary>From ear to ear and from top to bottom.</summary>
    Coronal,

    /// <summary>From front to back and from top to bottom.</summary>
    Sagittal,
}
