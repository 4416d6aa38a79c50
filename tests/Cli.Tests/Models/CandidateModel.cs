using System.Text.Json.Nodes;
using BrainTumorDicom.Cli.Tests.Serving;

namespace BrainTumorDicom.Cli.Tests.Models;

/// <summary>A copy of the shipped model under another version.</summary>
internal static class CandidateModel
{
    public static string Write(string folder, string version)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.EnumerateFiles(TestModel.Folder))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        }

        var path = Path.Combine(folder, "model.json");
        var json = JsonNode.Parse(File.ReadAllText(path))!;
        json["version"] = version;
        File.WriteAllText(path, json.ToJsonString());
        return folder;
    }
}
