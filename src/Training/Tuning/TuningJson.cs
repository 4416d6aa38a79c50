using System.Text.Json.Serialization;

namespace BrainTumorDicom.Training.Tuning;

/// <summary>JSON that a search writes.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TrialResult))]
[JsonSerializable(typeof(TrialResult[]))]
internal sealed partial class TuningJson : JsonSerializerContext;
