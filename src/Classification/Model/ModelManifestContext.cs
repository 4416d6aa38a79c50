using System.Text.Json;
using System.Text.Json.Serialization;

namespace BrainTumorDicom.Classification.Model;

/// <summary>Source-generated serialisation of model.json. A field that is not known, or missing, is an error: a typo must not become a default.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    NewLine = "\n",
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true,
    ReadCommentHandling = JsonCommentHandling.Skip)]
[JsonSerializable(typeof(ModelManifest))]
internal sealed partial class ModelManifestContext : JsonSerializerContext;
