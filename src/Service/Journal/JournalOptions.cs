using System.ComponentModel.DataAnnotations;

namespace BrainTumorDicom.Service.Journal;

/// <summary>Where the journal is and how full it may make the disk.</summary>
internal sealed class JournalOptions
{
    /// <summary>The folder of the segments. Default <c>journal</c>; the service puts it under its data folder.</summary>
    [Required]
    public string Folder { get; set; } = "journal";

    /// <summary>Free bytes below which instances are refused with A700, so that reports can still be written. Default 512 MiB.</summary>
    [Range(0, long.MaxValue)]
    public long MinimumFreeBytes { get; set; } = 512L * 1024 * 1024;

    /// <summary>The same in percent of the disk; the larger of the two counts. Default 0.</summary>
    [Range(0, 99)]
    public int MinimumFreePercent { get; set; }

    /// <summary>Bytes after which an association goes on in a new segment. Default 4 GiB.</summary>
    [Range(1, long.MaxValue)]
    public long MaximumSegmentBytes { get; set; } = 4L * 1024 * 1024 * 1024;

    /// <summary>
    /// How many files of 8 MiB are kept ready to become segments: flushing what is written over them takes about half the time. Fewer
    /// are kept while the disk is short of room. Default 36, a study of 2,000 slices of 256 x 256; 0 keeps none.
    /// </summary>
    [Range(0, 1000)]
    public int SpareSegments { get; set; } = 36;

    /// <summary>
    /// Whether an instance is flushed to disk before success is answered. Default true. Without it a power failure loses what was
    /// answered last; a crash of the service alone loses nothing.
    /// </summary>
    public bool Sync { get; set; } = true;

    /// <summary>Free bytes below which a disk of so many bytes is full.</summary>
    public long MinimumFree(long diskBytes) => Math.Max(MinimumFreeBytes, diskBytes / 100 * MinimumFreePercent);
}
