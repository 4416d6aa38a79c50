using System.Text.Json.Serialization;
using BrainTumorDicom.Classification.Findings;

namespace BrainTumorDicom.Service.Jobs;

/// <summary>Source-generated JSON of what the jobs read back from the ledger.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ModelIdentity))]
internal sealed partial class JobsJson : JsonSerializerContext;
