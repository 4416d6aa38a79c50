using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace BrainTumorDicom.Service.Journal;

/// <summary>What makes bytes survive a power failure: the file's data, and the name of a new file in its folder.</summary>
internal static class DurableFile
{
    private const int OpenReadOnly = 0;
    private const int InvalidArgument = 22;
    private const int OpenForWriting = 0x1 | 0x80000; // O_WRONLY, O_CLOEXEC
    private const int OnlyNew = 0x40 | 0x80; // O_CREAT, O_EXCL
    private const int OwnerWritesAllRead = 0x1A4; // 0644, less the umask

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
    /// Opens a file for writes that pass the page cache by: they must be of whole blocks, on block borders, out of aligned memory.
    /// </summary>
    /// <param name="path">Its name.</param>
    /// <param name="isNew">Whether it is made; else it is there.</param>
    /// <returns><see langword="null"/> where the system or the file system has no such writes, or the file cannot be opened at all.</returns>
    public static SafeFileHandle? TryOpenUnbuffered(string path, bool isNew)
    {
        var direct = !OperatingSystem.IsLinux() ? 0 : RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => 0x4000,
            Architecture.Arm64 => 0x10000,
            _ => 0,
        };
        if (direct == 0)
        {
            return null;
        }

        var descriptor = Create(path, OpenForWriting | direct | (isNew ? OnlyNew : 0), OwnerWritesAllRead);
        if (descriptor >= 0)
        {
            return new SafeFileHandle(descriptor, ownsHandle: true);
        }

        // A file system that refuses the flag has made the name all the same (EINVAL).
        if (isNew && Marshal.GetLastPInvokeError() == InvalidArgument)
        {
            File.Delete(path);
        }

        return null;
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

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Create([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, int mode);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
