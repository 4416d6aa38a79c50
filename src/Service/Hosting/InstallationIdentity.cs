using System.Reflection;

namespace BrainTumorDicom.Service.Hosting;

/// <summary>Which program and which installation this is.</summary>
internal static class InstallationIdentity
{
    /// <summary>Version of the program.</summary>
    public static string Version { get; } =
        typeof(InstallationIdentity).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    /// <summary>The serial number kept in the data folder; made at the first call.</summary>
    public static string SerialNumber(DataFolder folder)
    {
        var path = Path.Combine(folder.Path, "serial-number");
        if (!File.Exists(path))
        {
            File.WriteAllText(path, Guid.NewGuid().ToString("N")[..16].ToUpperInvariant() + "\n");
        }

        return File.ReadAllText(path).Trim();
    }
}
