using BrainTumorDicom.Classification.Model;
using BrainTumorDicom.Classification.Tests.Model;

namespace BrainTumorDicom.Service.Tests.Models;

/// <summary>Model packages that run, told apart by their version.</summary>
internal static class TestPackages
{
    public static ModelPackage Write(string folder, string version) =>
        ModelPackage.Write(folder, TinyModel.Write(folder).Manifest with { Version = version }, TinyModel.Network());
}
