using System.Globalization;
using System.Text;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Dictionary;

namespace BrainTumorDicom.Dicom.Files;

/// <summary>A data set as text for people, one element a line: tag, VR, value, length in bytes, number of values, keyword.</summary>
public static class DicomTextWriter
{
    private const int MaximumValue = 64;

    /// <summary>Writes a data set; items are indented.</summary>
    public static void Write(DicomDataset dataset, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(output);
        Write(dataset, output, indent: 0);
    }

    private static void Write(DicomDataset dataset, TextWriter output, int indent)
    {
        foreach (var element in dataset.Elements)
        {
            switch (element)
            {
                case DicomSequence sequence:
                    WriteSequence(sequence, output, indent);
                    break;
                case DicomFragments fragments:
                    WriteFragments(fragments, output, indent);
                    break;
                case DicomValueElement value:
                    var values = value.Vr.IsBulk ? [] : dataset.GetStrings(value.Tag);
                    var count = value.Value.IsEmpty ? 0 : value.Vr.IsBulk ? 1 : values.Count;
                    WriteLine(output, indent, value, Describe(value, values), value.Value.Length, count, NameOf(dataset, value.Tag));
                    break;
            }
        }
    }

    private static void WriteSequence(DicomSequence sequence, TextWriter output, int indent)
    {
        WriteLine(output, indent, sequence, sequence.Items.Count == 1 ? "1 item" : $"{sequence.Items.Count} items", -1, 1, sequence.Tag.Keyword);
        for (var i = 0; i < sequence.Items.Count; i++)
        {
            output.WriteLine($"{new string(' ', indent + 2)}item {i + 1}");
            Write(sequence.Items[i], output, indent + 4);
        }
    }

    private static void WriteFragments(DicomFragments element, TextWriter output, int indent)
    {
        WriteLine(output, indent, element, $"{element.Fragments.Count} fragments, {element.OffsetTable.Length / 4} offsets", -1, 1, element.Tag.Keyword);
        for (var i = 0; i < element.Fragments.Count; i++)
        {
            output.WriteLine($"{new string(' ', indent + 2)}fragment {i + 1}: {element.Fragments[i].Length} bytes");
        }
    }

    private static void WriteLine(TextWriter output, int indent, DicomElement element, string value, int length, int count, string name)
    {
        var start = $"{new string(' ', indent)}{element.Tag} {element.Vr} {value}";
        var size = length < 0 ? "-" : length.ToString(CultureInfo.InvariantCulture);
        output.WriteLine($"{start,-72} # {size,6}, {count} {name}".TrimEnd());
    }

    private static string NameOf(DicomDataset dataset, DicomTag tag)
    {
        if (!tag.IsPrivate)
        {
            return DicomDictionary.Find(tag)?.Keyword ?? (tag.Element == 0 ? "GroupLength" : "Unknown");
        }

        return tag.IsPrivateCreator ? "PrivateCreator" : dataset.GetPrivateCreator(tag) is { } creator ? $"Private ({creator})" : "Private";
    }

    private static string Describe(DicomValueElement element, IReadOnlyList<string> values)
    {
        if (element.Value.IsEmpty)
        {
            return "(no value)";
        }

        if (element.Vr.IsBulk)
        {
            var head = Convert.ToHexStringLower(element.Value.Span[..Math.Min(element.Value.Length, MaximumValue / 4)]);
            return element.Value.Length > MaximumValue / 4 ? head + "..." : head;
        }

        var text = new StringBuilder();
        for (var i = 0; i < values.Count && text.Length <= MaximumValue; i++)
        {
            text.Append(i == 0 ? "" : "\\").Append(values[i]);
        }

        return $"[{Printable(text)}]";
    }

    private static string Printable(StringBuilder text)
    {
        var isLong = text.Length > MaximumValue;
        text.Length = Math.Min(text.Length, MaximumValue);
        for (var i = 0; i < text.Length; i++)
        {
            // A terminal must not obey what a file says.
            if (char.IsControl(text[i]) || char.IsSurrogate(text[i]) && (i + 1 == text.Length && char.IsHighSurrogate(text[i])))
            {
                text[i] = text[i] is '\r' or '\n' ? '\u21B5' : '\u00B7';
            }
        }

        return isLong ? text + "..." : text.ToString();
    }
}
