using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace BrainTumorDicom.Service.Journal;

/// <summary>What makes bytes survive a power failure: the file's data, and the name of a new file in its folder.</summary>
internal static class DurableFile
{
    private const int OpenReadOnly = 0;

    /// <summary>Waits until everything written to <paramref name="file"/> is on disk (fdatasync where there is one).</summary>
    /// <exception cref="IOException">The disk did not take it; what was written may be lost.</exception>
    public static void Flush(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(file);
            return;
        }

        var added = false;
        try
        {
            file.DangerousAddRef(ref added);
            if (FDataSync((int)file.DangerousGetHandle()) != 0)
            {
                throw new IOException($"fdatasync failed: error {Marshal.GetLastPInvokeError()}");
            }
        }
        finally
        {
            if (added)
            {
                file.DangerousRelease();
            }
        }
    }

    /// <summary>
    /// Waits until the names in <paramref name="folder"/> are on disk. A new file can be whole on disk and yet gone after a power
    /// failure when its folder's entry was not. NTFS logs names by itself.
    /// </summary>
    public static void FlushFolder(string folder)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var descriptor = Open(folder, OpenReadOnly);
        if (descriptor < 0)
        {
            throw new IOException($"{folder}: open failed: error {Marshal.GetLastPInvokeError()}");
        }

        try
        {
            if (FSync(descriptor) != 0)
            {
                throw new IOException($"{folder}: fsync failed: error {Marshal.GetLastPInvokeError()}");
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    [DllImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FDataSync(int descriptor);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FSync(int descriptor);

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
