using System.Text;
using BrainTumorDicom.Service.Deliver;

namespace BrainTumorDicom.Fuzz.Targets;

/// <summary>What a FHIR server answers when it takes a bundle not.</summary>
internal static class OperationOutcomeTarget
{
    internal static FuzzTarget Create() => new("operation-outcome", Seeds, Run) { Allowed = [] };

    private static IEnumerable<byte[]> Seeds() =>
    [
        .. new[]
        {
            """{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"invalid","diagnostics":"no \u00E4 such \uD83D\uDE00"}]}""",
            """{"issue":[{"details":{"text":"one\r\ntwo"}},{"code":"x"},5,null]}""",
            "<html>",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private static int Run(byte[] input)
    {
        var text = OperationOutcomeText.Read(input);
        PropertyBrokenException.Require(text.Length <= 500 && !text.Contains('\n', StringComparison.Ordinal), "an outcome is one short line");
        return text.Length switch { 0 => 0, < 500 => 1, _ => 2 };
    }
}
