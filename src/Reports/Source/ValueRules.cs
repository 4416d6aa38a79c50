using System.Globalization;
using System.Text;

namespace BrainTumorDicom.Reports.Source;

/// <summary>Brings text from a source header into the form its value representation allows (PS3.5 Table 6.2-1), or drops it.</summary>
internal static class ValueRules
{
    private const int PersonNameGroupLength = 64;

    /// <summary>Descriptive text (LO, SH): control characters and backslashes become spaces, the rest is cut at <paramref name="length"/> characters.</summary>
    public static string Description(string? text, int length) => Cut(Clean(text), length);

    /// <summary>An identifier of a person, study or order, whole or not at all: a shortened one would name somebody else.</summary>
    /// <param name="values">The values of the attribute; more than one is no identifier.</param>
    /// <param name="length">Most characters.</param>
    public static string Identifier(IReadOnlyList<string> values, int length)
    {
        if (values.Count != 1)
        {
            return "";
        }

        var text = values[0].Trim(' ', '\0');
        return text == Clean(text) && Length(text) <= length ? text : "";
    }

    /// <summary>A person name (PN): at most three groups of five components, each group at most 64 characters. One that has to be cut keeps only its first group.</summary>
    public static string PersonName(string? text)
    {
        var groups = Clean(text).Split('=').Take(3)
            .Select(group => string.Join('^', group.Split('^').Take(5).Select(component => component.Trim())).TrimEnd('^'))
            .ToArray();
        return groups.All(group => Length(group) <= PersonNameGroupLength)
            ? string.Join('=', groups).TrimEnd('=')
            : Cut(groups[0], PersonNameGroupLength).TrimEnd('^', ' ');
    }

    /// <summary>A date as YYYYMMDD (DA). The form with dots of ACR-NEMA is read too; what is no day of the calendar is dropped.</summary>
    public static string Date(string? text)
    {
        var digits = (text ?? "").Trim(' ', '\0').Replace(".", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        return DateOnly.TryParseExact(digits, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? digits : "";
    }

    /// <summary>A time as HH[MM[SS[.F-FFFFFF]]] (TM). The form with colons of ACR-NEMA is read too; what is no time of day is dropped.</summary>
    public static string Time(string? text)
    {
        var time = (text ?? "").Trim(' ', '\0').Replace(":", "", StringComparison.Ordinal);
        var point = time.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? time : time[..point];
        var fraction = point < 0 ? "" : time[(point + 1)..];
        if (whole.Length is not (2 or 4 or 6) || !whole.All(char.IsAsciiDigit) || !fraction.All(char.IsAsciiDigit) || (fraction.Length > 0 && whole.Length < 6))
        {
            return "";
        }

        // 60 is a leap second (PS3.5 Table 6.2-1).
        int[] limits = [23, 59, 60];
        for (var i = 0; i < whole.Length; i += 2)
        {
            if (int.Parse(whole.AsSpan(i, 2), NumberStyles.None, CultureInfo.InvariantCulture) > limits[i / 2])
            {
                return "";
            }
        }

        return fraction.Length == 0 ? whole : $"{whole}.{fraction[..Math.Min(6, fraction.Length)]}";
    }

    /// <summary>A code string (CS) out of <paramref name="allowed"/>; anything else is dropped.</summary>
    public static string OneOf(string? text, params ReadOnlySpan<string> allowed)
    {
        var value = (text ?? "").Trim(' ', '\0').ToUpperInvariant();
        return allowed.Contains(value) ? value : "";
    }

    /// <summary>An age (AS): three digits and D, W, M or Y.</summary>
    public static string Age(string? text)
    {
        var value = (text ?? "").Trim(' ', '\0');
        return value.Length == 4 && value.AsSpan(0, 3).IndexOfAnyExceptInRange('0', '9') < 0 && "DWMY".Contains(value[3], StringComparison.Ordinal) ? value : "";
    }

    /// <summary>A UID that can be written: 1 to 64 digits and dots. A component with a leading zero breaks PS3.5 §9.1, but the archive knows the object by it.</summary>
    public static bool IsUid(string? text) =>
        text is { Length: >= 1 and <= 64 } && text.All(character => char.IsAsciiDigit(character) || character == '.');

    /// <summary>The first <paramref name="length"/> characters; a surrogate pair is one and stays whole.</summary>
    public static string Cut(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        var result = new StringBuilder(length);
        foreach (var rune in text.EnumerateRunes().Take(length))
        {
            result.Append(rune.ToString());
        }

        return result.ToString().TrimEnd();
    }

    /// <summary>Free text (UT, FHIR string): line ends stay, other control characters become spaces.</summary>
    public static string Text(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            result.Append(Rune.IsControl(rune) && rune.Value != '\n' ? " " : rune.ToString());
        }

        return result.ToString();
    }

    private static int Length(string text) => text.EnumerateRunes().Count();

    private static string Clean(string? text)
    {
        var result = new StringBuilder();
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            result.Append(Rune.IsControl(rune) || rune.Value == '\\' ? " " : rune.ToString());
        }

        return result.ToString().Trim();
    }
}
