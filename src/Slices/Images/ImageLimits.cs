namespace BrainTumorDicom.Slices.Images;

/// <summary>How large an image may be. A few hostile bytes must not make us hold gigabytes.</summary>
internal static class ImageLimits
{
    /// <summary>Most rows, and most columns.</summary>
    public const int Side = 16384;

    /// <summary>Most pixels: 64 Mi.</summary>
    public const long Pixels = 64L << 20;

    /// <summary>Refuses an image that is empty or too large.</summary>
    public static void Check(string kind, long columns, long rows)
    {
        if (columns is < 1 or > Side || rows is < 1 or > Side || columns * rows > Pixels)
        {
            throw new ImageFormatException($"{kind} image of {columns} × {rows}: sides must be 1 to {Side}, at most {Pixels} pixels.");
        }
    }
}
