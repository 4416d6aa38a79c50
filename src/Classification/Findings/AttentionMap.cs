using System.Collections.Immutable;
using BrainTumorDicom.Slices.Conversion;

namespace BrainTumorDicom.Classification.Findings;

/// <summary>How much each part of a slice spoke for one class: the network's attention map, and where it lies in the slice. It is not a tumour's outline.</summary>
/// <param name="Class">The class it is of.</param>
/// <param name="Rows">Rows of the map.</param>
/// <param name="Columns">Columns of the map.</param>
/// <param name="Values">[Rows × Columns], row-major, unitless; only differences within the map mean something.</param>
/// <param name="Top">Upper edge of the map in the slice, in pixels; pixel i covers [i, i + 1]. May lie outside the slice.</param>
/// <param name="Left">Left edge of the map in the slice, in pixels.</param>
/// <param name="Height">Height of the map in the slice, in pixels.</param>
/// <param name="Width">Width of the map in the slice, in pixels.</param>
/// <param name="Range">The display range that the network saw the slice with.</param>
public sealed record AttentionMap(
    TumorClass Class, int Rows, int Columns, ImmutableArray<float> Values, double Top, double Left, double Height, double Width, DisplayRange Range)
{
    private readonly float least = Values.Min();
    private readonly float most = Values.Max();

    /// <summary>The attention at a place, each cell's value at its centre and linear between: 0 at the map's least, 1 at its largest value; 0 in a flat map.</summary>
    /// <param name="row">In pixels of the slice.</param>
    /// <param name="column">In pixels of the slice.</param>
    /// <returns>[0, 1], or <see langword="null"/> outside the map.</returns>
    public double? At(double row, double column)
    {
        var (y, x) = ((row - Top) / Height, (column - Left) / Width);
        if (!(y is >= 0 and <= 1 && x is >= 0 and <= 1))
        {
            return null;
        }

        return most > least ? (Interpolated((y * Rows) - 0.5, (x * Columns) - 0.5) - least) / ((double)most - least) : 0;
    }

    private double Interpolated(double row, double column)
    {
        row = Math.Clamp(row, 0, Rows - 1);
        column = Math.Clamp(column, 0, Columns - 1);
        var (top, left) = ((int)row, (int)column);
        var (bottom, right) = (Math.Min(top + 1, Rows - 1), Math.Min(left + 1, Columns - 1));
        var (down, across) = (row - top, column - left);
        return ((Of(top, left) * (1 - across)) + (Of(top, right) * across)) * (1 - down)
            + (((Of(bottom, left) * (1 - across)) + (Of(bottom, right) * across)) * down);
    }

    private double Of(int row, int column) => Values[(row * Columns) + column];
}
