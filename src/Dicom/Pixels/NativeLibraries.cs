using System.Runtime.InteropServices;

namespace BrainTumorDicom.Dicom.Pixels;

/// <summary>The codecs that are libraries of the system, by the names that packages give them.</summary>
internal static class NativeLibraries
{
    /// <summary>CharLS 2: JPEG-LS.</summary>
    internal const string CharLs = "charls";

    /// <summary>OpenJPEG 2: JPEG 2000.</summary>
    internal const string OpenJpeg = "openjp2";

    private static readonly Lazy<nint> CharLsHandle = new(() => Load("libcharls.so.2", "charls-2-x64.dll", "charls-2-arm64.dll", "libcharls.2.dylib"));
    private static readonly Lazy<nint> OpenJpegHandle = new(() => Load("libopenjp2.so.7", "openjp2.dll", "libopenjp2.7.dylib"));

    static NativeLibraries() => NativeLibrary.SetDllImportResolver(typeof(NativeLibraries).Assembly, (name, _, _) => Handle(name));

    /// <summary>Whether a library can be loaded.</summary>
    internal static bool IsThere(string name) => Handle(name) != 0;

    private static nint Handle(string name) => name switch
    {
        CharLs => CharLsHandle.Value,
        OpenJpeg => OpenJpegHandle.Value,
        _ => 0,
    };

    /// <summary>Only beside the program and where the system keeps its libraries, never in the working folder.</summary>
    private static nint Load(params string[] names)
    {
        foreach (var name in names)
        {
            if (NativeLibrary.TryLoad(name, typeof(NativeLibraries).Assembly, DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.System32, out var handle))
            {
                return handle;
            }
        }

        return 0;
    }
}
