namespace BrainTumorDicom.Support;

/// <summary>Debian's own Python: the one that Debian's modules are installed for.</summary>
public static class PythonPeer
{
    /// <summary>The interpreter.</summary>
    public static string Interpreter { get; } = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
}
