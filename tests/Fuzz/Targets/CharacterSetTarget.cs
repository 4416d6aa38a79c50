using System.Text;
using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Fuzz.Targets;

/// <summary>Text in the character sets of PS3.3 §C.12.1.1.2: the first byte chooses the sets, the rest is the value.</summary>
internal static class CharacterSetTarget
{
    private static readonly string[] Sets =
    [
        "", "ISO_IR 100", "ISO_IR 101", "ISO_IR 144", "ISO_IR 127", "ISO_IR 13", "ISO_IR 166", "ISO_IR 192", "GB18030", "GBK",
        "\\ISO 2022 IR 87", "ISO 2022 IR 13\\ISO 2022 IR 87\\ISO 2022 IR 159", "\\ISO 2022 IR 149", "\\ISO 2022 IR 58",
        "ISO 2022 IR 100\\ISO 2022 IR 126", "no such set", "\\\\\\",
    ];

    internal static FuzzTarget Create() => new("character-set", Seeds, Run) { Allowed = [] };

    private static IEnumerable<byte[]> Seeds()
    {
        string[] texts = ["Adams^John", "M\u00FCller^J\u00F6rg", "Yamada^Tarou=\u5C71\u7530^\u592A\u90CE=\u3084\u307E\u3060", "Hong^Gildong=\u6D2A^\u5409\u6D1E=\uD64D^\uAE38\uB3D9", "\uFF94\uFF8F\uFF80\uFF9E", "\u0414\u0438\u043C\u0430\\two"];
        for (var i = 0; i < Sets.Length; i++)
        {
            foreach (var text in texts)
            {
                if (Of(i).TryEncode(text, isPersonName: true) is { } bytes)
                {
                    yield return [(byte)i, .. bytes];
                }
            }
        }
    }

    private static DicomCharacterSet Of(int choice) => DicomCharacterSet.Parse(Sets[choice % Sets.Length].Split('\\'));

    private static int Run(byte[] input)
    {
        if (input.Length == 0)
        {
            return 0;
        }

        var set = Of(input[0]);
        var shape = 0;
        foreach (var isPersonName in (ReadOnlySpan<bool>)[false, true])
        {
            var text = set.Decode(input.AsSpan(1), isPersonName);
            PropertyBrokenException.Require(text.Length <= 2 * input.Length, "text is no longer than its bytes let expect");
            PropertyBrokenException.Require(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Length == text.Length, "text is valid UTF-16");
            var encoded = set.TryEncode(text, isPersonName);
            shape = HashCode.Combine(shape, input[0] % Sets.Length, encoded is null, text.Contains('\uFFFD', StringComparison.Ordinal));
            PropertyBrokenException.Require(
                encoded is null || text.Contains('\e', StringComparison.Ordinal) || set.Decode(encoded, isPersonName) == text, "what can be encoded is decoded to the same text");
        }

        return shape;
    }
}
