using System.Text;
using BrainTumorDicom.Service.Deliver;

namespace BrainTumorDicom.Fuzz.Targets;

/// <summary>What comes back over MLLP.</summary>
internal static class Hl7AcknowledgementTarget
{
    internal static FuzzTarget Create() => new("hl7-acknowledgement", Seeds, Run) { Allowed = [] };

    private static IEnumerable<byte[]> Seeds() =>
    [
        .. new[]
        {
            "MSH|^~\\&|RIS||BTD||2026||ACK^R01|1|P|2.5.1\rMSA|AE|ID-7|text\rERR||PID^1^3|204^Unknown key identifier^HL70357|E||||no such MRN\r",
            "MSH$*~\\&$A\rMSA$AA$ID\r",
            "MSA|AA",
        }.Select(text => MllpFrame.Write(Encoding.UTF8.GetBytes(text))),
    ];

    private static int Run(byte[] input)
    {
        if (!MllpFrame.TryRead(input, out var message))
        {
            return 0;
        }

        if (Hl7Acknowledgement.Read(message.Span) is not { } read)
        {
            return 1;
        }

        PropertyBrokenException.Require(read.Text.Length <= 500 && !read.Text.Contains('\n', StringComparison.Ordinal), "an acknowledgement is one short line");
        return read.ToOutcome() switch { DeliveryOutcome.Delivered => 2, DeliveryOutcome.Failed => 3, _ => 4 };
    }
}
