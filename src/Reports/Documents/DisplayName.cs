namespace BrainTumorDicom.Reports.Documents;

/// <summary>A person name as people read it: its groups one after the other, components apart by spaces, the family name first as DICOM has it.</summary>
internal static class DisplayName
{
    /// <summary>The name; empty where there is none.</summary>
    /// <param name="name">A PN value (PS3.5 §6.2.1).</param>
    public static string Of(string name) => string.Join(
        " / ",
        name.Split('=').Select(group => string.Join(' ', group.Split('^', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))).Where(group => group.Length > 0));
}
