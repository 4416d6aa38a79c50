using System.Globalization;
using System.Text.Json;
using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Dicom.Files;

/// <summary>The DICOM JSON Model (PS3.18 §F.2). Bytes go inline; pixel data in fragments has no place in the model, so only its VR is written.</summary>
public static class DicomJsonWriter
{
    /// <summary>Writes a data set as one JSON object.</summary>
    public static void Write(DicomDataset dataset, Utf8JsonWriter output)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(output);
        output.WriteStartObject();
        foreach (var element in dataset.Elements)
        {
            // Group lengths are left out (PS3.18 §F.2.2).
            if (element.Tag.Element != 0)
            {
                WriteElement(dataset, element, output);
            }
        }

        output.WriteEndObject();
    }

    private static void WriteElement(DicomDataset dataset, DicomElement element, Utf8JsonWriter output)
    {
        output.WriteStartObject(element.Tag.Key.ToString("X8", CultureInfo.InvariantCulture));
        output.WriteString("vr", element.Vr.ToString());
        switch (element)
        {
            case DicomSequence { Items.Count: > 0 } sequence:
                output.WriteStartArray("Value");
                foreach (var item in sequence.Items)
                {
                    Write(item, output);
                }

                output.WriteEndArray();
                break;
            case DicomValueElement { Value.Length: > 0, Vr.IsBulk: true } bulk:
                output.WriteBase64String("InlineBinary", bulk.Value.Span);
                break;
            case DicomValueElement { Value.Length: > 0 } value:
                WriteValues(dataset, value, output);
                break;
        }

        output.WriteEndObject();
    }

    private static void WriteValues(DicomDataset dataset, DicomValueElement element, Utf8JsonWriter output)
    {
        var values = element.Tag == DicomTag.SpecificCharacterSet ? ["ISO_IR 192"] : dataset.GetStrings(element.Tag);
        if (values.Count == 0 || (values.Count == 1 && element.Vr == DicomVr.PN && values[0].AsSpan().Trim("^=").IsEmpty))
        {
            return;
        }

        output.WriteStartArray("Value");
        foreach (var value in values)
        {
            if (value.Length == 0)
            {
                output.WriteNullValue();
            }
            else if (element.Vr == DicomVr.PN)
            {
                WritePersonName(PersonName.Parse(value), output);
            }
            else if (IsNumber(element.Vr))
            {
                WriteNumber(value.Trim(), output);
            }
            else
            {
                output.WriteStringValue(value);
            }
        }

        output.WriteEndArray();
    }

    private static void WritePersonName(PersonName name, Utf8JsonWriter output)
    {
        output.WriteStartObject();
        WriteGroup("Alphabetic", name.Alphabetic, output);
        WriteGroup("Ideographic", name.Ideographic, output);
        WriteGroup("Phonetic", name.Phonetic, output);
        output.WriteEndObject();
    }

    private static void WriteGroup(string group, string text, Utf8JsonWriter output)
    {
        // Empty components at the end say nothing (PS3.5 §6.2.1.1).
        if (text.TrimEnd('^') is { Length: > 0 } components)
        {
            output.WriteString(group, components);
        }
    }

    private static bool IsNumber(DicomVr vr) => vr == DicomVr.DS || vr == DicomVr.IS || (!vr.IsText && vr != DicomVr.AT);

    private static void WriteNumber(string text, Utf8JsonWriter output)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            output.WriteNumberValue(whole);
        }
        else if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var large))
        {
            output.WriteNumberValue(large);
        }
        else if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            output.WriteNumberValue(number);
        }
        else
        {
            // What is no number, and the infinities, go as text (PS3.18 §F.2.3.1).
            output.WriteStringValue(text switch { "Infinity" => "inf", "-Infinity" => "-inf", _ => text });
        }
    }
}
