using System.Text.Json.Serialization;

namespace BrainTumorDicom.Training.Loop;

/// <summary>JSON that the trainer writes.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(EpochEntry))]
[JsonSerializable(typeof(EpochEntry[]))]
internal sealed partial class TrainingJson : JsonSerializerContext;
