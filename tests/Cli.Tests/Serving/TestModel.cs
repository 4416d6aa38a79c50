using BrainTumorDicom.Classification.Model;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Cli.Tests.Serving;

/// <summary>The model that the project ships.</summary>
internal static class TestModel
{
    public static string Folder { get; } = ModelPackage.FindNewest(Path.Combine(SharedData.ProjectRoot, "models"))
        ?? throw new InvalidOperationException("There is no model package in models/.");
}
