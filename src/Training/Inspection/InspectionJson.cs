using System.Text.Json.Nodes;
using BrainTumorDicom.Classification.Findings;

namespace BrainTumorDicom.Training.Inspection;

/// <summary>Every figure of an inspection as JSON.</summary>
internal static class InspectionJson
{
    public static JsonObject Of(DatasetInspection inspection) => new()
    {
        ["what"] = "inspect",
        ["folder"] = inspection.Folder,
        ["slices"] = inspection.Names.Length,
        ["classes"] = new JsonArray([.. inspection.Classes.Select(look => new JsonObject
        {
            ["label"] = look.Label.Label(),
            ["slices"] = look.Slices,
            ["groups"] = look.Groups,
            ["weight"] = look.Weight,
            ["histogram"] = Numbers(look.Histogram),
            ["mean"] = Numbers(look.Mean.Select(value => Math.Round((double)value, 5))),
            ["deviation"] = Numbers(look.Deviation.Select(value => Math.Round((double)value, 5))),
        })]),
        ["sizes"] = new JsonArray([.. inspection.Sizes.Select(size => new JsonObject { ["rows"] = size.Rows, ["columns"] = size.Columns, ["slices"] = size.Count })]),
        ["encodings"] = new JsonArray([.. inspection.Encodings.Select(entry => new JsonObject { ["encoding"] = entry.Encoding.ToString(), ["slices"] = entry.Count })]),
        ["planes"] = new JsonArray([.. inspection.Planes.Select(entry => new JsonObject
        {
            ["label"] = entry.Label.Label(),
            ["plane"] = entry.Plane.ToString(),
            ["slices"] = entry.Count,
        })]),
        ["unreadable"] = Texts(inspection.Unreadable),
        ["misnamed"] = Texts(inspection.Misnamed),
        ["foreign"] = Texts(inspection.Foreign),
        ["copies"] = new JsonArray([.. inspection.Copies.Select(names => Texts(names))]),
        ["contradictions"] = new JsonArray([.. inspection.Contradictions.Select(names => Texts(names))]),
        ["slicesWithNearCopy"] = inspection.NearCopies,
        ["groups"] = inspection.GroupCount,
        ["groupedSlices"] = inspection.Grouped,
        ["comparison"] = inspection.Comparison is { } table
            ? new JsonObject { ["pairs"] = table.Pairs, ["found"] = table.Found, ["groups"] = table.Groups, ["cut"] = table.Cut, ["unlisted"] = table.Unlisted }
            : null,
        ["shortcutAccuracy"] = inspection.ShortcutAccuracy,
        ["majorityAccuracy"] = inspection.MajorityAccuracy,
    };

    private static JsonArray Numbers(IEnumerable<double> values) => new([.. values.Select(value => JsonValue.Create(value))]);

    private static JsonArray Texts(IEnumerable<string> values) => new([.. values.Select(value => JsonValue.Create(value))]);
}
