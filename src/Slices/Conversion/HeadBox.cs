namespace BrainTumorDicom.Slices.Conversion;

/// <summary>Where the head is in a slice, and how much of it the slice shows.</summary>
/// <param name="Top">First row.</param>
/// <param name="Left">First column.</param>
/// <param name="Height">Rows; at least 1.</param>
/// <param name="Width">Columns; at least 1.</param>
/// <param name="AreaFraction">Area of the head region (its outline filled) as a fraction of the whole slice, in [0, 1]; 0 when no head was found.</param>
/// <param name="AreaSquareMillimetres">The same area in mm²; in pixels where the spacing is unknown.</param>
public readonly record struct HeadBox(int Top, int Left, int Height, int Width, double AreaFraction, double AreaSquareMillimetres)
{
    /// <summary>Finds the head.</summary>
    /// <remarks>
    /// Exact, so that it can be computed independently:
    /// <list type="number">
    /// <item>A pixel is bright when its value is above Low + HeadThreshold × (High − Low).</item>
    /// <item>Bright pixels are joined into components with their eight neighbours. Kept are the largest and every other of at least
    /// a tenth of its pixels: the scalp apart from the brain stays, noise specks, rulers and burnt-in text go.</item>
    /// <item>The bounding box of the kept components is trimmed: a row at its top or bottom goes while it has fewer kept pixels than
    /// 2 % of the box's width, then a column at its left or right while it has fewer than 2 % of the box's height (width and height
    /// before trimming; kept pixels counted over the whole slice): a thin line attached to the head goes.</item>
    /// <item>The head region is, in each row of the trimmed box, everything from the first to the last kept pixel, cut to the box.</item>
    /// </list>
    /// Without a bright pixel the box is the whole slice and the area 0.
    /// </remarks>
    public static HeadBox Find(SlicePixels slice, DisplayRange range, PreprocessingParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(slice);
        ArgumentNullException.ThrowIfNull(parameters);

        var region = HeadRegion.Find(slice, range, parameters);
        var area = region.Area();
        return area == 0
            ? new HeadBox(0, 0, slice.Rows, slice.Columns, 0, 0)
            : new HeadBox(
                region.Top,
                region.Left,
                region.Bottom - region.Top,
                region.Right - region.Left,
                (double)area / slice.Values.Length,
                area * slice.RowSpacing * slice.ColumnSpacing);
    }
}
