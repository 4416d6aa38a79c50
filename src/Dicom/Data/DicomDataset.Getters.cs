using System.Globalization;

namespace BrainTumorDicom.Dicom.Data;

public sealed partial class DicomDataset
{
    /// <summary>The first value as text: decoded, padding trimmed.</summary>
    /// <returns><see langword="null"/> when absent or empty.</returns>
    public string? GetString(DicomTag tag)
    {
        var values = GetStrings(tag);
        return values.Count == 0 || values[0].Length == 0 ? null : values[0];
    }

    /// <summary>All values as text, split at backslashes where the VR allows several; numbers as decimal text.</summary>
    /// <returns>Empty when absent or empty.</returns>
    public IReadOnlyList<string> GetStrings(DicomTag tag)
    {
        if (!TryGetValue(tag, out var value))
        {
            return [];
        }

        return value.ReadingVr.IsText ? ElementText.Values(value, CharacterSet) : ElementNumbers.ToText(value);
    }

    /// <summary>The first value as a person name with its component groups (PS3.5 §6.2.1).</summary>
    /// <returns><see langword="null"/> when absent or empty.</returns>
    public PersonName? GetPersonName(DicomTag tag) => GetString(tag) is { } text ? PersonName.Parse(text) : null;

    /// <summary>The first value as a whole number.</summary>
    /// <returns><see langword="null"/> when absent or empty.</returns>
    /// <exception cref="DicomFormatException">The value is no whole number of 32 bits.</exception>
    public int? GetInt32(DicomTag tag) => GetDouble(tag) is { } number ? ToInt32(tag, number) : null;

    /// <summary>All values as whole numbers.</summary>
    /// <exception cref="DicomFormatException">A value is no whole number of 32 bits.</exception>
    public IReadOnlyList<int> GetInt32s(DicomTag tag)
    {
        var numbers = GetDoubles(tag);
        var values = new int[numbers.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = ToInt32(tag, numbers[i]);
        }

        return values;
    }

    /// <summary>The first value as a number, from DS, IS or any binary number.</summary>
    /// <returns><see langword="null"/> when absent or empty.</returns>
    /// <exception cref="DicomFormatException">The value is no number.</exception>
    public double? GetDouble(DicomTag tag)
    {
        var numbers = GetDoubles(tag);
        return numbers.Count == 0 || double.IsNaN(numbers[0]) ? null : numbers[0];
    }

    /// <summary>All values as numbers, from DS, IS or any binary number. An empty one among several is NaN.</summary>
    /// <returns>Empty when absent or empty.</returns>
    /// <exception cref="DicomFormatException">A value is no number.</exception>
    public IReadOnlyList<double> GetDoubles(DicomTag tag)
    {
        if (!TryGetValue(tag, out var value))
        {
            return [];
        }

        return value.ReadingVr.IsText ? ParseNumbers(tag, ElementText.Values(value, CharacterSet)) : ElementNumbers.ToDoubles(value);
    }

    /// <summary>The first value as a UID.</summary>
    /// <returns><see langword="null"/> when absent or empty.</returns>
    /// <exception cref="DicomFormatException">The value is no UID.</exception>
    public DicomUid? GetUid(DicomTag tag)
    {
        if (GetString(tag) is not { } text)
        {
            return null;
        }

        return DicomUid.TryParse(text, out var uid)
            ? uid
            : throw new DicomFormatException($"\"{Shorten(text)}\" is not a UID: 1 to 64 digits and dots", -1, tag);
    }

    /// <summary>The items of a sequence; empty when absent. Changing an item changes this data set.</summary>
    public IReadOnlyList<DicomDataset> GetSequence(DicomTag tag) =>
        TryGet(tag, out var element) && element is DicomSequence sequence ? sequence.Items : [];

    /// <summary>The bytes of a value, numbers in little endian; empty when absent or not a plain value.</summary>
    public ReadOnlyMemory<byte> GetBytes(DicomTag tag) =>
        TryGet(tag, out var element) && element is DicomValueElement value ? value.Value : default;

    /// <summary>Who reserved the block of a private element (PS3.5 §7.8.1).</summary>
    /// <returns><see langword="null"/> where the tag is not private or nobody did.</returns>
    public string? GetPrivateCreator(DicomTag tag) =>
        tag.IsPrivate && tag.Element >= 0x1000 ? GetString(new DicomTag(tag.Group, (ushort)(tag.Element >> 8))) : null;

    /// <summary>The tag of a private element by its creator.</summary>
    /// <param name="group">The odd group.</param>
    /// <param name="creator">The private creator's name.</param>
    /// <param name="element">The element's number within its block: 00 to FF.</param>
    /// <returns><see langword="null"/> where the creator has no block here.</returns>
    public DicomTag? FindPrivate(ushort group, string creator, byte element)
    {
        for (ushort block = 0x10; block <= 0xFF; block++)
        {
            if (GetString(new DicomTag(group, block)) == creator)
            {
                return new DicomTag(group, (ushort)((block << 8) | element));
            }
        }

        return null;
    }

    private static int ToInt32(DicomTag tag, double number) =>
        number is >= int.MinValue and <= int.MaxValue && Math.Floor(number) == number
            ? (int)number
            : throw new DicomFormatException($"{number.ToString(CultureInfo.InvariantCulture)} is not a whole number of 32 bits", -1, tag);

    private static double[] ParseNumbers(DicomTag tag, string[] texts)
    {
        var numbers = new double[texts.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            var text = texts[i].AsSpan().Trim();
            if (text.IsEmpty)
            {
                numbers[i] = double.NaN;
            }
            else if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !double.IsFinite(numbers[i]))
            {
                throw new DicomFormatException($"\"{Shorten(texts[i])}\" is not a number", -1, tag);
            }
        }

        return numbers;
    }

    private static string Shorten(string text) => text.Length <= 64 ? text : text[..64] + "...";

    private bool TryGetValue(DicomTag tag, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out DicomValueElement? value)
    {
        value = TryGet(tag, out var element) && element is DicomValueElement { Value.Length: > 0 } found ? found : null;
        return value is not null;
    }
}
