using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace BrainTumorDicom.Dicom.Data;

/// <summary>Numbers of value fields.</summary>
internal static class ElementNumbers
{
    /// <summary>The values as 64-bit floating point; empty for a VR that holds no numbers.</summary>
    internal static double[] ToDoubles(DicomValueElement element)
    {
        var bytes = element.Value.Span;
        var vr = element.ReadingVr;
        if (vr.UnitSize == 1 || vr == DicomVr.AT)
        {
            return [];
        }

        var size = vr.UnitSize;
        var name = vr.ToString();
        var values = new double[bytes.Length / size];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = One(bytes.Slice(i * size, size), name);
        }

        return values;
    }

    /// <summary>The values as decimal text; tags as eight hexadecimal digits.</summary>
    internal static string[] ToText(DicomValueElement element)
    {
        var bytes = element.Value.Span;
        var vr = element.ReadingVr;
        if (vr.UnitSize == 1)
        {
            // OB, UN, and a sequence that its writer called UN.
            return [];
        }

        var size = vr == DicomVr.AT ? 4 : vr.UnitSize;
        var name = vr.ToString();
        var values = new string[bytes.Length / size];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = OneText(bytes.Slice(i * size, size), name);
        }

        return values;
    }

    /// <summary>The bytes of numbers in <paramref name="vr"/>.</summary>
    internal static byte[] Encode(DicomTag tag, DicomVr vr, ReadOnlySpan<double> values)
    {
        if (vr == DicomVr.IS || vr == DicomVr.DS)
        {
            var text = new StringBuilder();
            for (var i = 0; i < values.Length; i++)
            {
                text.Append(i == 0 ? "" : "\\").Append(vr == DicomVr.IS ? Whole(tag, values[i]) : Decimal(tag, values[i]));
            }

            return Encoding.ASCII.GetBytes(text.ToString());
        }

        var size = vr.UnitSize;
        var bytes = new byte[values.Length * size];
        for (var i = 0; i < values.Length; i++)
        {
            Write(bytes.AsSpan(i * size, size), tag, vr, values[i]);
        }

        return bytes;
    }

    /// <summary>The shortest decimal string of at most 16 characters that is nearest to <paramref name="value"/> (PS3.5 §6.2, DS).</summary>
    internal static string Decimal(DicomTag tag, double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentException($"{tag} {tag.Keyword}: {value} is no decimal string.");
        }

        var text = value.ToString("R", CultureInfo.InvariantCulture);
        for (var digits = 15; text.Length > 16; digits--)
        {
            text = value.ToString("G" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        }

        return text;
    }

    private static string Whole(DicomTag tag, double value) =>
        value is >= int.MinValue and <= int.MaxValue && Math.Floor(value) == value
            ? ((int)value).ToString(CultureInfo.InvariantCulture)
            : throw new ArgumentException($"{tag} {tag.Keyword}: {value} is no integer string, -2147483648 to 2147483647.");

    private static double One(ReadOnlySpan<byte> bytes, string vr) => vr switch
    {
        "US" or "OW" => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        "SS" => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        "UL" or "OL" => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        "SL" => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        "UV" or "OV" => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        "SV" => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        "FL" or "OF" => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        _ => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
    };

    private static string OneText(ReadOnlySpan<byte> bytes, string vr) => vr switch
    {
        "AT" => string.Create(CultureInfo.InvariantCulture, $"{BinaryPrimitives.ReadUInt16LittleEndian(bytes):X4}{BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]):X4}"),
        "UV" or "OV" => BinaryPrimitives.ReadUInt64LittleEndian(bytes).ToString(CultureInfo.InvariantCulture),
        "SV" => BinaryPrimitives.ReadInt64LittleEndian(bytes).ToString(CultureInfo.InvariantCulture),
        "FL" or "OF" => BinaryPrimitives.ReadSingleLittleEndian(bytes).ToString(CultureInfo.InvariantCulture),
        _ => One(bytes, vr).ToString(CultureInfo.InvariantCulture),
    };

    private static void Write(Span<byte> bytes, DicomTag tag, DicomVr vr, double value)
    {
        try
        {
            checked
            {
                switch (vr.ToString())
                {
                    case "US" or "OW": BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value); break;
                    case "SS": BinaryPrimitives.WriteInt16LittleEndian(bytes, (short)value); break;
                    case "UL" or "OL": BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)value); break;
                    case "SL": BinaryPrimitives.WriteInt32LittleEndian(bytes, (int)value); break;
                    case "UV" or "OV": BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)value); break;
                    case "SV": BinaryPrimitives.WriteInt64LittleEndian(bytes, (long)value); break;
                    case "FL" or "OF": BinaryPrimitives.WriteSingleLittleEndian(bytes, (float)value); break;
                    case "FD" or "OD": BinaryPrimitives.WriteDoubleLittleEndian(bytes, value); break;
                    default: throw new ArgumentException($"{tag} {tag.Keyword} is {vr}: it takes no numbers.");
                }
            }
        }
        catch (OverflowException)
        {
            throw new ArgumentException($"{tag} {tag.Keyword}: {value.ToString(CultureInfo.InvariantCulture)} does not fit {vr}.");
        }
    }
}
