using System.Globalization;
using System.Text;
using BrainTumorDicom.Reports.Codes;

namespace BrainTumorDicom.Reports.Hl7;

/// <summary>Fields and segments of HL7 v2.5.1 in its usual encoding characters (§2.5.4): <c>|^~\&amp;</c>.</summary>
internal static class Hl7Text
{
    /// <summary>Text as it may stand in a field (§2.7): delimiters as escape sequences, line ends as <c>\.br\</c>, other control characters as spaces.</summary>
    public static string Escape(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            result.Append(character switch
            {
                '|' => @"\F\",
                '^' => @"\S\",
                '&' => @"\T\",
                '~' => @"\R\",
                '\\' => @"\E\",
                '\n' => @"\.br\",
                '\r' => "",
                _ when char.IsControl(character) => " ",
                _ => character.ToString(),
            });
        }

        return result.ToString();
    }

    /// <summary>Components, escaped, without the empty ones at the end.</summary>
    public static string Components(params ReadOnlySpan<string> components) => Join('^', components);

    /// <summary>Subcomponents, escaped, without the empty ones at the end.</summary>
    public static string Subcomponents(params ReadOnlySpan<string> subcomponents) => Join('&', subcomponents);

    /// <summary>A code (CE, CWE). DICOM's designators are those of HL7 table 0396, and 99BTD is of its form for local codes.</summary>
    public static string Of(Code code) => Components(code.Value, code.Meaning, code.Scheme);

    /// <summary>A point of time (TS) with its offset.</summary>
    public static string Time(DateTimeOffset time) =>
        time.ToString("yyyyMMddHHmmsszzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal);

    /// <summary>A person name of DICOM (PN) as XPN repetitions: one each for the alphabetic, ideographic and phonetic group, told apart by XPN-8 (table 4000).</summary>
    public static string PersonName(string name)
    {
        string[] representations = ["A", "I", "P"];
        return string.Join('~', name.Split('=').Zip(representations).Where(group => group.First.Length > 0).Select(group =>
        {
            // PN: family, given, middle, prefix, suffix. XPN: family, given, middle, suffix, prefix, degree, type, representation.
            string[] parts = [.. group.First.Split('^'), "", "", "", ""];
            return Components(parts[0], parts[1], parts[2], parts[4], parts[3], "", "L", group.Second);
        }));
    }

    /// <summary>One segment, without its end: fields by their number, the others empty.</summary>
    public static string Segment(string name, params ReadOnlySpan<(int Number, string Value)> fields)
    {
        var values = new List<string> { name };
        foreach (var (number, value) in fields)
        {
            while (values.Count <= number)
            {
                values.Add("");
            }

            values[number] = value;
        }

        return string.Join('|', values).TrimEnd('|');
    }

    private static string Join(char delimiter, ReadOnlySpan<string> parts)
    {
        var result = new StringBuilder();
        foreach (var part in parts)
        {
            result.Append(Escape(part)).Append(delimiter);
        }

        return result.ToString().TrimEnd(delimiter);
    }
}
