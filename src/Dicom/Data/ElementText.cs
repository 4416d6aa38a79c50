namespace BrainTumorDicom.Dicom.Data;

/// <summary>Text of value fields.</summary>
internal static class ElementText
{
    /// <summary>The values of a text element: decoded, split, and trimmed as PS3.5 §6.2 says which spaces mean nothing.</summary>
    internal static string[] Values(DicomValueElement element, DicomCharacterSet characterSet)
    {
        var vr = element.ReadingVr;
        var bytes = element.Value.Span.TrimEnd((byte)0);
        var text = (vr.IsAffectedByCharacterSet ? characterSet : DicomCharacterSet.Default).Decode(bytes, vr == DicomVr.PN);
        if (!vr.IsMultiValueText)
        {
            // Leading spaces of LT, ST, UT mean something.
            var single = text.TrimEnd(' ', '\0');
            return single.Length == 0 ? [] : [single];
        }

        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            var single = Trim(text, vr);
            return single.Length == 0 ? [] : [single];
        }

        var values = text.Split('\\');
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Trim(values[i], vr);
        }

        return values;
    }

    private static string Trim(string text, DicomVr vr) =>
        vr == DicomVr.PN || vr == DicomVr.UC ? text.TrimEnd(' ', '\0') : text.Trim(' ', '\0');
}
