namespace BrainTumorDicom.Training.Data;

/// <summary>How a file stores a slice.</summary>
public enum SliceEncoding
{
    /// <summary>No file: a synthetic head.</summary>
    None,

    /// <summary>JPEG with one component.</summary>
    JpegGray,

    /// <summary>JPEG with three or four components.</summary>
    JpegColor,

    /// <summary>PNG without colour.</summary>
    PngGray,

    /// <summary>PNG with colour or a palette.</summary>
    PngColor,

    /// <summary>DICOM.</summary>
    Dicom,
}
