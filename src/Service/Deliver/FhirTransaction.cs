using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BrainTumorDicom.Service.Deliver;

/// <summary>A bundle as one server can take it. The bundle on disk has everything; what the server does not store is left out here, the same way each time.</summary>
internal sealed class FhirTransaction
{
    private readonly ReadOnlyMemory<byte> original;
    private readonly JsonObject bundle;
    private readonly List<string> notes = [];
    private bool changed;

    private FhirTransaction(ReadOnlyMemory<byte> original)
    {
        this.original = original;
        bundle = JsonNode.Parse(original.Span)!.AsObject();
    }

    /// <summary>What is posted.</summary>
    public ReadOnlyMemory<byte> Bytes => changed ? Encoding.UTF8.GetBytes(bundle.ToJsonString()) : original;

    /// <summary>The Provenance, where it has to go by itself after the report; else <see langword="null"/>.</summary>
    public JsonObject? Provenance { get; private set; }

    /// <summary>What was left out or changed, in words; may be empty.</summary>
    public string Note => string.Join("; ", notes);

    private JsonArray Entries => bundle["entry"] as JsonArray ?? [];

    /// <summary>Fits the bundle.</summary>
    /// <param name="bytes">The bundle as it lies on disk.</param>
    /// <param name="server">What the server can do.</param>
    /// <param name="pictures">As what it gets the pictures.</param>
    /// <param name="patient">The patient that was found (<c>Patient/id</c>), or <see langword="null"/> to have the server find it.</param>
    public static FhirTransaction Fit(ReadOnlyMemory<byte> bytes, FhirCapabilities server, FhirPictures pictures, string? patient)
    {
        var transaction = new FhirTransaction(bytes);
        transaction.FitPictures(server, pictures);
        transaction.FitEndpoint(server);
        if (!server.Stores("Communication"))
        {
            transaction.Remove("Communication");
        }

        transaction.FitProvenance(server);
        if (patient is not null)
        {
            transaction.ReplaceReferences(reference => reference.StartsWith("Patient?", StringComparison.Ordinal) ? patient : reference);
        }

        return transaction;
    }

    /// <summary>How the bundle refers to its patient: <c>Patient?identifier=SYSTEM|VALUE</c>, or <see langword="null"/> where it only says that there is none to find.</summary>
    public static string? PatientSearch(ReadOnlyMemory<byte> bytes)
    {
        using var json = JsonDocument.Parse(bytes);
        var report = json.RootElement.GetProperty("entry").EnumerateArray().Select(entry => entry.GetProperty("resource"))
            .First(resource => resource.GetProperty("resourceType").GetString() == "DiagnosticReport");
        return report.GetProperty("subject").TryGetProperty("reference", out var reference) ? reference.GetString() : null;
    }

    /// <summary>The Provenance with the addresses that the server gave to the entries, or <see langword="null"/> where its answer does not tell them.</summary>
    /// <param name="answer">The transaction response.</param>
    public (JsonObject Provenance, string Report, bool IsNew)? Locate(ReadOnlyMemory<byte> answer)
    {
        try
        {
            var responses = JsonNode.Parse(answer.Span)?["entry"]?.AsArray();
            if (Provenance is null || responses is null || responses.Count != Entries.Count)
            {
                return null;
            }

            var addresses = Entries.Zip(responses).ToDictionary(
                pair => pair.First!["fullUrl"]!.GetValue<string>(), pair => Address(pair.Second?["response"]?["location"]?.GetValue<string>()));
            var report = Entries.Zip(responses).First(pair => Type(pair.First) == "DiagnosticReport");
            var address = addresses[report.First!["fullUrl"]!.GetValue<string>()];
            if (address is null)
            {
                return null;
            }

            ReplaceReferences(Provenance, reference => addresses.GetValueOrDefault(reference) ?? reference);
            var status = report.Second?["response"]?["status"]?.GetValue<string>() ?? "";
            return (Provenance, address, status.StartsWith("201", StringComparison.Ordinal));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            // JSON that is none, of another shape, or with a property twice (ArgumentException).
            return null;
        }
    }

    private void FitPictures(FhirCapabilities server, FhirPictures pictures)
    {
        var choice = pictures != FhirPictures.Auto ? pictures
            : server.Stores("Media") ? FhirPictures.Media
            : server.Stores("DocumentReference") ? FhirPictures.DocumentReference
            : FhirPictures.None;
        if (choice == FhirPictures.Media || !Entries.Any(entry => Type(entry) == "Media"))
        {
            return;
        }

        // R4 lets a report link to Media only: a DocumentReference points at the report instead.
        var report = Entries.First(entry => Type(entry) == "DiagnosticReport")!;
        report["resource"]!.AsObject().Remove("media");
        changed = true;
        if (choice == FhirPictures.None)
        {
            Remove("Media");
            return;
        }

        notes.Add("pictures as DocumentReference");
        foreach (var entry in Entries.Where(entry => Type(entry) == "Media").ToList())
        {
            entry!["resource"] = DocumentReference(entry["resource"]!, report["fullUrl"]!.GetValue<string>());
            entry["request"]!["url"] = entry["request"]!["url"]!.GetValue<string>().Replace("Media?", "DocumentReference?", StringComparison.Ordinal);
        }
    }

    private static JsonObject DocumentReference(JsonNode media, string report) => new()
    {
        ["resourceType"] = "DocumentReference",
        ["meta"] = media["meta"]?.DeepClone(),
        ["identifier"] = media["identifier"]!.DeepClone(),
        ["status"] = "current",
        ["docStatus"] = "preliminary",
        ["type"] = media["type"]!.DeepClone(),
        ["subject"] = media["subject"]!.DeepClone(),
        ["date"] = media["issued"]!.DeepClone(),
        ["author"] = new JsonArray(media["device"]!.DeepClone()),
        ["description"] = media["note"]![0]!["text"]!.DeepClone(),
        ["content"] = new JsonArray(new JsonObject { ["attachment"] = media["content"]!.DeepClone() }),
        ["context"] = new JsonObject
        {
            ["related"] = new JsonArray([.. media["partOf"]!.AsArray().Select(study => study!.DeepClone()), new JsonObject { ["reference"] = report }]),
        },
    };

    private void FitEndpoint(FhirCapabilities server)
    {
        if (!server.Stores("Endpoint") && Remove("Endpoint"))
        {
            Entries.First(entry => Type(entry) == "ImagingStudy")!["resource"]!.AsObject().Remove("endpoint");
        }
    }

    private void FitProvenance(FhirCapabilities server)
    {
        if (!server.Stores("Provenance"))
        {
            Remove("Provenance");
        }
        else if (!server.PutsProvenance && Entries.FirstOrDefault(entry => Type(entry) == "Provenance") is { } entry)
        {
            Entries.Remove(entry);
            Provenance = entry["resource"]!.DeepClone().AsObject();
            Provenance.Remove("id");
            changed = true;
        }
    }

    private bool Remove(string type)
    {
        var entries = Entries.Where(entry => Type(entry) == type).ToList();
        foreach (var entry in entries)
        {
            Entries.Remove(entry);
        }

        if (entries.Count > 0)
        {
            changed = true;
            notes.Add($"without {type}");
        }

        return entries.Count > 0;
    }

    private void ReplaceReferences(Func<string, string> replace)
    {
        ReplaceReferences(bundle, replace);
        if (Provenance is not null)
        {
            ReplaceReferences(Provenance, replace);
        }

        changed = true;
    }

    private static void ReplaceReferences(JsonNode? node, Func<string, string> replace)
    {
        if (node is JsonObject json)
        {
            if (json["reference"] is JsonValue value && value.TryGetValue<string>(out var reference))
            {
                json["reference"] = replace(reference);
            }

            foreach (var property in json.ToList())
            {
                ReplaceReferences(property.Value, replace);
            }
        }
        else if (node is JsonArray array)
        {
            foreach (var item in array)
            {
                ReplaceReferences(item, replace);
            }
        }
    }

    private static string? Type(JsonNode? entry) => entry?["resource"]?["resourceType"]?.GetValue<string>();

    /// <summary><c>Type/id</c> out of a location, which may be absolute and have a version.</summary>
    private static string? Address(string? location)
    {
        var parts = (location ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        var end = Array.IndexOf(parts, "_history");
        end = end < 0 ? parts.Length : end;
        return end < 2 ? null : $"{parts[end - 2]}/{parts[end - 1]}";
    }
}
