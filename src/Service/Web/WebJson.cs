using System.Text.Json.Serialization;
using BrainTumorDicom.Service.Verdicts;
using BrainTumorDicom.Service.Web.Deliveries;
using BrainTumorDicom.Service.Web.Verdicts;

namespace BrainTumorDicom.Service.Web;

/// <summary>Source-generated JSON of the web answers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(HealthReport))]
[JsonSerializable(typeof(IReadOnlyList<StudyEntry>))]
[JsonSerializable(typeof(IReadOnlyList<VerdictEntry>))]
[JsonSerializable(typeof(LiveAccuracy))]
[JsonSerializable(typeof(IReadOnlyList<DeliveryListEntry>))]
internal sealed partial class WebJson : JsonSerializerContext;
