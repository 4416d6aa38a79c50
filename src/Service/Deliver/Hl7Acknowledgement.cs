using System.Text;

namespace BrainTumorDicom.Service.Deliver;

/// <summary>A general acknowledgement (ACK, HL7 v2.5.1 §2.14.1), in original or enhanced mode.</summary>
/// <param name="Code">MSA-1: AA, AE, AR, CA, CE or CR.</param>
/// <param name="ControlId">MSA-2: the message it answers.</param>
/// <param name="ErrorCode">ERR-3 (table 0357), or empty.</param>
/// <param name="Text">What it says, in one line: MSA-3, ERR-3.2, ERR-7 and ERR-8; may be empty.</param>
internal sealed record Hl7Acknowledgement(string Code, string ControlId, string ErrorCode, string Text)
{
    private const int LongestText = 500;

    /// <summary>Reads one; <see langword="null"/> for anything else. Nothing in it can make this fail.</summary>
    public static Hl7Acknowledgement? Read(ReadOnlySpan<byte> message)
    {
        var segments = Encoding.UTF8.GetString(message).Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        if (segments.Length == 0 || segments[0].Length < 8 || !segments[0].StartsWith("MSH", StringComparison.Ordinal))
        {
            return null;
        }

        var (field, component) = (segments[0][3], segments[0][4]);
        var acknowledged = segments.Select(segment => segment.Split(field)).FirstOrDefault(fields => fields[0] == "MSA");
        if (acknowledged is not [_, var code, ..])
        {
            return null;
        }

        var error = segments.Select(segment => segment.Split(field)).FirstOrDefault(fields => fields[0] == "ERR") ?? [];
        var coded = Field(error, 3).Split(component);
        string[] said = [Field(acknowledged, 3), coded.ElementAtOrDefault(1) ?? "", Field(error, 7), Field(error, 8)];
        var text = string.Join("; ", said.Select(each => each.Trim()).Where(each => each.Length > 0).Distinct(StringComparer.Ordinal));
        return new Hl7Acknowledgement(code.Trim(), Field(acknowledged, 2).Trim(), coded[0].Trim(), text.Length <= LongestText ? text : text[..LongestText]);
    }

    /// <summary>What it means for the report.</summary>
    public DeliveryOutcome ToOutcome()
    {
        var said = $"{Code} {ErrorCode} {Text}".TrimEnd().Replace("  ", " ", StringComparison.Ordinal);
        return (Code, ErrorCode) switch
        {
            ("AA" or "CA", _) => new DeliveryOutcome.Delivered(said),
            ("AR" or "CR", _) => new DeliveryOutcome.Failed(said),

            // 204: a key that it does not know, which in a result is the patient or the order.
            ("AE" or "CE", "204") => new DeliveryOutcome.Failed($"needs reconciliation: {said}"),

            // Of table 0357, 206 (record locked) and 207 (internal error) may pass; the others say that the message is at fault.
            ("AE" or "CE", "100" or "101" or "102" or "103" or "200" or "201" or "202" or "203" or "205") => new DeliveryOutcome.Failed(said),
            ("AE" or "CE", _) => new DeliveryOutcome.Retry(said),
            _ => new DeliveryOutcome.Retry($"an acknowledgement of unknown kind: {said}"),
        };
    }

    private static string Field(string[] fields, int number) => number < fields.Length ? fields[number] : "";
}
