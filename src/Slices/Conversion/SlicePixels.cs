namespace BrainTumorDicom.Slices.Conversion;

/// <summary>One monochrome slice after the Modality LUT, bright = large: where DICOM frames and image files meet.</summary>
public sealed class SlicePixels
{
    /// <summary>Takes over <paramref name="values"/>; the caller must not change them afterwards.</summary>
    /// <param name="values">[rows × columns], row-major, finite.</param>
    /// <param name="rows">At least 1.</param>
    /// <param name="columns">At least 1.</param>
    /// <param name="rowSpacing">Distance between the centres of neighbouring rows in mm; above 0.</param>
    /// <param name="columnSpacing">Distance between the centres of neighbouring columns in mm; above 0.</param>
    /// <exception cref="ArgumentException">The length does not fit, or a spacing is not a positive number.</exception>
    public SlicePixels(float[] values, int rows, int columns, double rowSpacing = 1, double columnSpacing = 1)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        if (values.Length != (long)rows * columns)
        {
            throw new ArgumentException($"{values.Length} values are not {rows} × {columns}.", nameof(values));
        }

        if (!IsSpacing(rowSpacing) || !IsSpacing(columnSpacing))
        {
            throw new ArgumentException($"Spacing {rowSpacing}, {columnSpacing} is not positive.", nameof(rowSpacing));
        }

        Values = values;
        Rows = rows;
        Columns = columns;
        RowSpacing = rowSpacing;
        ColumnSpacing = columnSpacing;
    }

    /// <summary>[rows × columns], row-major, after the Modality LUT (PS3.3 §C.11.1); MONOCHROME1 is negated, so bright is large.</summary>
    public float[] Values { get; }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>Distance between the centres of neighbouring rows in mm (first value of Pixel Spacing); 1 where unknown.</summary>
    public double RowSpacing { get; }

    /// <summary>Distance between the centres of neighbouring columns in mm (second value of Pixel Spacing); 1 where unknown.</summary>
    public double ColumnSpacing { get; }

    /// <summary>Whether <paramref name="value"/> can be a distance between pixels: finite, above 0, and not absurd.</summary>
    internal static bool IsSpacing(double value) => value is > 1e-6 and < 1e6;
}
