using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BrainTumorDicom.Service.Hosting;

/// <summary>The folder that holds all the service has, locked for this process as long as this lives.</summary>
internal sealed class DataFolder : IDisposable
{
    /// <summary>Name of the folder of the append-only segment files in it.</summary>
    public const string JournalName = "journal";

    /// <summary>Name of the ledger's database file in it.</summary>
    public const string LedgerName = "ledger.db";

    /// <summary>What databases need to start at all; the limit for receiving is <c>Journal:MinimumFreeBytes</c>.</summary>
    private const long MinimumFreeBytes = 1 << 20;

    private readonly FileStream @lock;

    private DataFolder(string path, FileStream @lock)
    {
        Path = path;
        this.@lock = @lock;
    }

    /// <summary>The folder's full path.</summary>
    public string Path { get; }

    /// <summary>The ledger's database file.</summary>
    public string LedgerFile => System.IO.Path.Combine(Path, LedgerName);

    /// <summary>Quartz's database file. Beside the ledger's and not in it: SQLite has one writer a file, and neither is to wait for the other.</summary>
    public string JobsFile => System.IO.Path.Combine(Path, "jobs.db");

    /// <summary>Copies of every report: <c>StudyInstanceUID/revision/</c>.</summary>
    public string Reports => System.IO.Path.Combine(Path, "reports");

    /// <summary>The folder of one revision's report files.</summary>
    public string ReportFolder(string studyInstanceUid, int revision) =>
        System.IO.Path.Combine(Reports, SafeName(studyInstanceUid), revision.ToString(CultureInfo.InvariantCulture));

    /// <summary>Makes the folder when missing and takes it for this process. The system gives the lock back when the process ends, however it ends.</summary>
    /// <exception cref="IOException">The folder cannot be made or written, or another process has it.</exception>
    /// <exception cref="InvalidOperationException">Its disk is full.</exception>
    public static DataFolder Open(string folder)
    {
        var path = System.IO.Path.GetFullPath(folder);
        try
        {
            Directory.CreateDirectory(path);
            var stream = new FileStream(System.IO.Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            RequireRoom(path, stream);
            return new DataFolder(path, stream);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new IOException($"data folder {path} cannot be written: {error.Message}", error);
        }
        catch (IOException error) when (File.Exists(System.IO.Path.Combine(path, "lock")))
        {
            throw new IOException($"data folder {path} is in use by another instance; stop it or choose another --data.", error);
        }
        catch (IOException error)
        {
            throw new IOException($"data folder {path} cannot be made: {error.Message}", error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => @lock.Dispose();

    /// <summary>The databases cannot even be opened on a disk without a byte left, and what they say of it helps nobody.</summary>
    private static void RequireRoom(string path, FileStream @lock)
    {
        var free = new DriveInfo(path).AvailableFreeSpace;
        if (free < MinimumFreeBytes)
        {
            @lock.Dispose();
            throw new InvalidOperationException($"data folder {path} cannot be used: its disk is full ({free} bytes are free). Make room, or choose another --data.");
        }
    }

    /// <summary>A UID as a folder name: itself, unless the sender put something else than PS3.5 §9.1 allows into it, such as a path.</summary>
    internal static string SafeName(string uid)
    {
        if (uid.Length is > 0 and <= 64 && uid.All(letter => letter is '.' or (>= '0' and <= '9')) && uid.Any(char.IsAsciiDigit))
        {
            return uid;
        }

        var letters = string.Concat(uid.Take(40).Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
        return $"{letters}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(uid)).AsSpan(0, 8))}";
    }
}
