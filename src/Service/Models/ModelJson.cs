using System.Text.Json.Serialization;

namespace BrainTumorDicom.Service.Models;

/// <summary>Source-generated JSON of the history of models.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n", UseStringEnumConverter = true)]
[JsonSerializable(typeof(IReadOnlyList<ModelChange>))]
internal sealed partial class ModelJson : JsonSerializerContext;
