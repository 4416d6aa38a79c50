namespace BrainTumorDicom.Reports.Codes;

/// <summary>Acquisition modalities (CID 29) as codes, from the CS value of Modality (0008,0060).</summary>
internal static class ModalityCodes
{
    private static readonly Dictionary<string, string> Meanings = new(StringComparer.Ordinal)
    {
        ["CR"] = "Computed Radiography",
        ["CT"] = "Computed Tomography",
        ["DX"] = "Digital Radiography",
        ["ES"] = "Endoscopy",
        ["GM"] = "General Microscopy",
        ["MG"] = "Mammography",
        ["MR"] = "Magnetic Resonance",
        ["NM"] = "Nuclear Medicine",
        ["OPT"] = "Ophthalmic Tomography",
        ["PT"] = "Positron emission tomography",
        ["PX"] = "Panoramic X-Ray",
        ["RF"] = "Radiofluoroscopy",
        ["RG"] = "Radiographic imaging",
        ["SM"] = "Slide Microscopy",
        ["US"] = "Ultrasound",
        ["XA"] = "X-Ray Angiography",
        ["XC"] = "External-camera Photography",
    };

    /// <summary>The code of <paramref name="modality"/>, or <see langword="null"/> when it is no acquisition modality that images show.</summary>
    public static Code? Of(string modality) =>
        Meanings.TryGetValue(modality, out var meaning) ? new Code(modality, "DCM", meaning) : null;
}
