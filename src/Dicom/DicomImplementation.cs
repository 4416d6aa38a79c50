namespace BrainTumorDicom.Dicom;

/// <summary>How this implementation names itself in files (PS3.10 §7.1) and associations (PS3.7 §D.3.3.2).</summary>
public static class DicomImplementation
{
    /// <summary>Implementation Class UID.</summary>
    public const string ClassUid = "2.25.222407283650471189047294961840516170911";

    /// <summary>Implementation Version Name, at most 16 characters.</summary>
    public const string VersionName = "BTDICOM_0.1.0";
}
