using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BrainTumorDicom.Reports.Json;

/// <summary>Source-generated serialisation of the finding shapes.</summary>
[JsonSerializable(typeof(FindingShape))]
[JsonSerializable(typeof(ImageShape))]
internal sealed partial class FindingJsonContext : JsonSerializerContext
{
    /// <summary>One object a line.</summary>
    public static FindingJsonContext Lines { get; } = new(Settings(indented: false));

    /// <summary>For people to read.</summary>
    public static FindingJsonContext Indented { get; } = new(Settings(indented: true));

    // Paths and reasons are read in terminals and files, not embedded in HTML, so nothing but JSON's own escapes is needed.
    private static JsonSerializerOptions Settings(bool indented) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = indented,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
