using System.Collections.Immutable;
using BrainTumorDicom.Slices.Images;

namespace BrainTumorDicom.Reports.Pictures;

/// <summary>The picture of a key slice: as it was on the left, under the attention map on the right, with labels above and below. It names no patient.</summary>
public sealed class HeatMap
{
    private readonly Bitmap bitmap;

    internal HeatMap(KeyImage image, int number, Bitmap bitmap, string label, double? spacing, ImmutableArray<double> position)
    {
        Image = image;
        Number = number;
        this.bitmap = bitmap;
        Label = label;
        Spacing = spacing;
        Position = position;
        using var png = new MemoryStream();
        PngWriter.WriteColor(png, bitmap.Pixels, bitmap.Height, bitmap.Width);
        Png = png.ToArray();
    }

    /// <summary>The slice it is of.</summary>
    public KeyImage Image { get; }

    /// <summary>From 1, strongest first, without gaps.</summary>
    public int Number { get; }

    /// <summary>Columns.</summary>
    public int Width => bitmap.Width;

    /// <summary>Rows.</summary>
    public int Height => bitmap.Height;

    /// <summary>[Height × Width × 3], row-major, red, green, blue.</summary>
    public ReadOnlyMemory<byte> Pixels => bitmap.Pixels;

    /// <summary>The same as a PNG file.</summary>
    public ReadOnlyMemory<byte> Png { get; }

    /// <summary>What the picture says of itself: DERIVED, model and slice.</summary>
    public string Label { get; }

    /// <summary>Distance of its pixels in mm; <see langword="null"/> where the source has none.</summary>
    public double? Spacing { get; }

    /// <summary>Image Position (Patient) of its first pixel, such that the attention map lies where it is in the patient; empty where the source has none.</summary>
    public ImmutableArray<double> Position { get; }
}
