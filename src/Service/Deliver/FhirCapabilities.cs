using System.Collections.Immutable;
using System.Text.Json;

namespace BrainTumorDicom.Service.Deliver;

/// <summary>What a FHIR server says that it can do (CapabilityStatement, https://hl7.org/fhir/R4/capabilitystatement.html), as far as a report depends on it.</summary>
/// <param name="Version">FHIR version, or empty where it is not said.</param>
/// <param name="Transaction">Whether it takes transactions.</param>
/// <param name="Types">The resource types that it stores; <see langword="null"/> where it names none.</param>
/// <param name="PutsProvenance">Whether a Provenance may be put under an id of our choice that is new to it (update as create).</param>
/// <param name="FindsProvenance">Whether a Provenance is created conditionally.</param>
internal sealed record FhirCapabilities(string Version, bool Transaction, ImmutableHashSet<string>? Types, bool PutsProvenance, bool FindsProvenance)
{
    /// <summary>Without these a report means nothing.</summary>
    private static readonly string[] Needed = ["Device", "DiagnosticReport", "ImagingStudy", "Observation"];

    /// <summary>A server that says nothing of itself is sent everything; it refuses what it cannot take.</summary>
    public static FhirCapabilities Unstated { get; } = new("", Transaction: true, null, PutsProvenance: true, FindsProvenance: true);

    /// <summary>Why no report can go there, or <see langword="null"/>.</summary>
    public string? Hindrance =>
        !IsR4 ? $"it speaks FHIR {Version}, not R4"
        : !Transaction ? "it takes no transactions"
        : Needed.FirstOrDefault(type => !Stores(type)) is { } missing ? $"it stores no {missing}"
        : null;

    // R4B (4.3) changed nothing that is sent here.
    private bool IsR4 => Version.Length == 0 || Version.StartsWith("4.0", StringComparison.Ordinal) || Version.StartsWith("4.3", StringComparison.Ordinal);

    /// <summary>Whether it stores resources of <paramref name="type"/>.</summary>
    public bool Stores(string type) => Types is null || Types.Contains(type);

    /// <summary>Reads a statement; <see cref="Unstated"/> for anything else.</summary>
    public static FhirCapabilities Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            return Text(root, "resourceType") == "CapabilityStatement" ? Read(root) : Unstated;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // JSON that is none, or a string of bytes that are no text (found only when it is asked for).
            return Unstated;
        }
    }

    private static FhirCapabilities Read(JsonElement statement)
    {
        var rest = Items(statement, "rest").FirstOrDefault(each => Text(each, "mode") == "server");
        var interactions = Items(rest, "interaction").Select(each => Text(each, "code")).ToList();
        var resources = Items(rest, "resource").ToList();
        var provenance = resources.FirstOrDefault(each => Text(each, "type") == "Provenance");
        var types = resources.Select(each => Text(each, "type")).Where(type => type.Length > 0).ToImmutableHashSet(StringComparer.Ordinal);
        return new FhirCapabilities(
            Text(statement, "fhirVersion"),
            interactions.Count == 0 || interactions.Contains("transaction"),
            types.IsEmpty ? null : types,
            types.IsEmpty || IsTrue(provenance, "updateCreate"),
            types.IsEmpty || IsTrue(provenance, "conditionalCreate"));
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray()
            : default;

    private static string Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() ?? ""
            : "";

    private static bool IsTrue(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
