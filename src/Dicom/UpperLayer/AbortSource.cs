namespace BrainTumorDicom.Dicom.UpperLayer;

/// <summary>Who began an A-ABORT (PS3.8 §9.3.8).</summary>
public enum AbortSource : byte
{
    /// <summary>The user of the association.</summary>
    ServiceUser = 0,

    /// <summary>The upper layer itself.</summary>
    ServiceProvider = 2,
}
