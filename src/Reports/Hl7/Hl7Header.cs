using System.Text;

namespace BrainTumorDicom.Reports.Hl7;

/// <summary>The header of a message that is written: what a destination fills in, and what its acknowledgement refers to (HL7 v2.5.1 §2.15.9).</summary>
public static class Hl7Header
{
    private const byte SegmentEnd = (byte)'\r';

    /// <summary>The message with Receiving Application (MSH-5) and Receiving Facility (MSH-6).</summary>
    public static byte[] WithReceiver(ReadOnlySpan<byte> message, string application, string facility)
    {
        var fields = Fields(message, out var rest);
        fields[4] = Hl7Text.Escape(application);
        fields[5] = Hl7Text.Escape(facility);
        return [.. Encoding.UTF8.GetBytes(string.Join('|', fields)), .. rest];
    }

    /// <summary>Message Control ID (MSH-10).</summary>
    public static string ControlId(ReadOnlySpan<byte> message) => Fields(message, out _)[9];

    private static string[] Fields(ReadOnlySpan<byte> message, out ReadOnlySpan<byte> rest)
    {
        var end = message.IndexOf(SegmentEnd);
        var fields = end < 0 ? [] : Encoding.UTF8.GetString(message[..end]).Split('|');
        if (fields is not ["MSH", _, _, _, _, _, _, _, _, _, ..])
        {
            throw new InvalidDataException("The HL7 message does not begin with an MSH segment.");
        }

        rest = message[end..];
        return fields;
    }
}
