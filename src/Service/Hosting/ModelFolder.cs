using BrainTumorDicom.Classification.Model;

namespace BrainTumorDicom.Service.Hosting;

/// <summary>Finds the model where none was named.</summary>
internal static class ModelFolder
{
    /// <summary>The folder named, or the newest package in a folder <c>models</c> beside the program, above it, or in the working folder.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static string Find(string configured)
    {
        if (configured.Length > 0)
        {
            return Path.GetFullPath(configured);
        }

        var roots = new List<string>();
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            roots.Add(Path.Combine(folder.FullName, "models"));
        }

        roots.Add(Path.GetFullPath("models"));
        return ModelPackage.FindNewest(roots)
            ?? throw new FileNotFoundException("No model found in a folder models beside the program. Give the folder of a model package with --model.");
    }
}
