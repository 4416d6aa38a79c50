using System.Text.Json.Serialization;

namespace BrainTumorDicom.Service.Web;

/// <summary>Source-generated JSON of the web answers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(HealthReport))]
[JsonSerializable(typeof(IReadOnlyList<StudyEntry>))]
internal sealed partial class WebJson : JsonSerializerContext;
