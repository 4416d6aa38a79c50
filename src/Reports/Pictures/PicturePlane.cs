using System.Collections.Immutable;

namespace BrainTumorDicom.Reports.Pictures;

/// <summary>A slice shown in a square panel of square pixels, in the middle of it and as large as fits.</summary>
/// <param name="image">The slice.</param>
/// <param name="side">Rows and columns of the panel.</param>
internal sealed class PicturePlane(KeyImage image, int side)
{
    /// <summary>Distance of the panel's pixels in mm; in slice pixels where the slice has no spacing.</summary>
    public double Spacing { get; } =
        Math.Max(image.Pixels.Rows * image.Pixels.RowSpacing, image.Pixels.Columns * image.Pixels.ColumnSpacing) / side;

    /// <summary>Whether <see cref="Spacing"/> is in mm.</summary>
    public bool HasSpacing => image.Frame.PixelSpacing is [> 0, > 0];

    /// <summary>Whether the slice has a place in the patient, so that viewers can scroll the picture with it.</summary>
    public bool HasPosition => HasSpacing && image.Frame.Position.Length == 3 && image.Frame.Orientation.Length == 6;

    /// <summary>The row of the slice at the middle of a panel's row; pixel i covers [i, i + 1].</summary>
    public double Row(int y) => ((y + 0.5 - (side / 2.0)) * Spacing / image.Pixels.RowSpacing) + (image.Pixels.Rows / 2.0);

    /// <summary>The same of columns.</summary>
    public double Column(int x) => ((x + 0.5 - (side / 2.0)) * Spacing / image.Pixels.ColumnSpacing) + (image.Pixels.Columns / 2.0);

    /// <summary>The shade of the slice there, linear between pixels; <see langword="null"/> outside.</summary>
    public double? Gray(double row, double column, Slices.Conversion.DisplayRange range)
    {
        var pixels = image.Pixels;
        if (row < 0 || column < 0 || row >= pixels.Rows || column >= pixels.Columns)
        {
            return null;
        }

        var (y, x) = (Math.Clamp(row - 0.5, 0, pixels.Rows - 1), Math.Clamp(column - 0.5, 0, pixels.Columns - 1));
        var (top, left) = ((int)y, (int)x);
        var (bottom, right) = (Math.Min(top + 1, pixels.Rows - 1), Math.Min(left + 1, pixels.Columns - 1));
        var upper = Between(Value(top, left), Value(top, right), x - left);
        var lower = Between(Value(bottom, left), Value(bottom, right), x - left);
        return range.High > range.Low ? Math.Clamp((Between(upper, lower, y - top) - range.Low) / (range.High - range.Low), 0, 1) : 0;

        double Value(int r, int c) => pixels.Values[(r * pixels.Columns) + c];

        static double Between(double first, double second, double part) => (first * (1 - part)) + (second * part);
    }

    /// <summary>Image Position (Patient) of a pixel counted from the panel's first: the middle of it, in mm (PS3.3 §C.7.6.2.1.1).</summary>
    public ImmutableArray<double> Position(int x, int y)
    {
        // Directions are from the middle of the slice's first pixel.
        var across = (Column(x) - 0.5) * image.Pixels.ColumnSpacing;
        var down = (Row(y) - 0.5) * image.Pixels.RowSpacing;
        var direction = image.Frame.Orientation;
        return [.. image.Frame.Position.Select((start, axis) => start + (direction[axis] * across) + (direction[axis + 3] * down))];
    }
}
