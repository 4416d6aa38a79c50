using System.Globalization;

namespace BrainTumorDicom.Service.Journal;

/// <summary>The names of the segments. They are numbered in the order in which they were begun.</summary>
internal sealed class JournalFolder
{
    private const string Extension = ".journal";

    private long last;

    /// <summary>Makes the folder where needed, and looks which numbers are taken.</summary>
    public JournalFolder(string path)
    {
        FullPath = Path.GetFullPath(path);
        if (!Directory.Exists(FullPath))
        {
            Directory.CreateDirectory(FullPath);
            DurableFile.FlushFolder(Path.GetDirectoryName(FullPath) ?? FullPath);
        }

        last = Segments().DefaultIfEmpty(0).Max();
    }

    /// <summary>Full path of the folder.</summary>
    public string FullPath { get; }

    /// <summary>A number that no segment has had.</summary>
    public long NextNumber() => Interlocked.Increment(ref last);

    /// <summary>Says that segments up to <paramref name="number"/> were there once, so that none gets the number of one that was removed.</summary>
    public void Reserve(long number) => last = Math.Max(last, number);

    /// <summary>The length of a segment's file in bytes; 0 when it is gone.</summary>
    public long LengthOf(long segment) => new FileInfo(PathOf(segment)) is { Exists: true } file ? file.Length : 0;

    /// <summary>Removes a segment for good. Nothing happens when it is gone already.</summary>
    /// <exception cref="IOException">Somebody reads it where that forbids it.</exception>
    public void Remove(long segment)
    {
        File.Delete(PathOf(segment));
        DurableFile.FlushFolder(FullPath);
    }

    /// <summary>The file of a segment.</summary>
    public string PathOf(long segment) => Path.Combine(FullPath, segment.ToString("D10", CultureInfo.InvariantCulture) + Extension);

    /// <summary>The file that keeps a copy of damaged bytes, relative to the folder.</summary>
    public static string SetAsideName(long segment, long offset) =>
        string.Create(CultureInfo.InvariantCulture, $"damaged/{segment:D10}-{offset}.bytes");

    /// <summary>The numbers of the segments that are there, in order.</summary>
    public IReadOnlyList<long> Segments() => Directory.EnumerateFiles(FullPath, "*" + Extension)
        .Select(path => long.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
        .Where(number => number > 0)
        .Order()
        .ToList();
}
