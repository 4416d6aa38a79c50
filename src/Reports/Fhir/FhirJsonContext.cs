using System.Text.Json.Serialization;

namespace BrainTumorDicom.Reports.Fhir;

/// <summary>Source-generated serialisation of the resources.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    NewLine = "\n")]
[JsonSerializable(typeof(Resource))]
internal sealed partial class FhirJsonContext : JsonSerializerContext;
