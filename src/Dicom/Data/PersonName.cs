namespace BrainTumorDicom.Dicom.Data;

/// <summary>A person name (PS3.5 §6.2.1): up to three component groups, each family^given^middle^prefix^suffix.</summary>
/// <param name="Alphabetic">The alphabetic group.</param>
/// <param name="Ideographic">The ideographic group; empty where there is none.</param>
/// <param name="Phonetic">The phonetic group; empty where there is none.</param>
public readonly record struct PersonName(string Alphabetic, string Ideographic = "", string Phonetic = "")
{
    /// <summary>Family name of the alphabetic group.</summary>
    public string FamilyName => Component(0);

    /// <summary>Given name of the alphabetic group.</summary>
    public string GivenName => Component(1);

    /// <summary>Middle name of the alphabetic group.</summary>
    public string MiddleName => Component(2);

    /// <summary>Prefix of the alphabetic group.</summary>
    public string Prefix => Component(3);

    /// <summary>Suffix of the alphabetic group.</summary>
    public string Suffix => Component(4);

    /// <summary>Takes a value apart; never fails.</summary>
    public static PersonName Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var groups = text.Split('=', 3);
        return new PersonName(
            groups[0].TrimEnd(),
            groups.Length > 1 ? groups[1].TrimEnd() : "",
            groups.Length > 2 ? groups[2].TrimEnd() : "");
    }

    /// <summary>The value as it stands in an element, without empty groups at the end.</summary>
    public override string ToString() => $"{Alphabetic}={Ideographic}={Phonetic}".TrimEnd('=');

    private string Component(int index)
    {
        var parts = (Alphabetic ?? "").Split('^');
        return index < parts.Length ? parts[index].Trim() : "";
    }
}
