using BrainTumorDicom.Classification.Findings;

namespace BrainTumorDicom.Training.Data;

/// <summary>What an augmented view shows, and where.</summary>
/// <param name="Label">The class of the view.</param>
/// <param name="Mask">[size × size] of the source: 255 where its tumour is; <see langword="null"/> where it has none, or where that is not known.</param>
/// <param name="IsSure">Whether the mask was put there, so that nothing beyond it is tumour, or only found.</param>
/// <param name="View">How the source was drawn.</param>
/// <param name="SourceSize">Rows and columns of the source.</param>
internal readonly record struct AugmentedView(TumorClass Label, byte[]? Mask, bool IsSure, ViewTransform View, int SourceSize)
{
    // Tumours cover few of the places.
    private const float TumorWeight = 4;

    // Of a place: from the one on it shows tumour, up to the other it shows none; what lies between teaches nothing.
    private const float LeastCover = 0.15f;
    private const float MostOfNone = 0.02f;

    // A mass so small that no place has much of it belongs to the place with most of it.
    private const float PartOfMost = 0.6f;
    private const int PointsPerSide = 6;

    /// <summary>Writes the weight of each place of the view in the column of its class; nothing where its class is not known.</summary>
    /// <param name="targets">[grid × grid × classes], all 0.</param>
    /// <param name="grid">Rows and columns of places.</param>
    /// <param name="label">The number of the view's class.</param>
    /// <param name="scheme">What is told apart.</param>
    public void FillPlaces(Span<float> targets, int grid, int label, ClassScheme scheme)
    {
        if (targets.IsEmpty || (Label != TumorClass.NoTumor && Mask is null))
        {
            return;
        }

        Span<float> cover = stackalloc float[grid * grid];
        if (Label != TumorClass.NoTumor)
        {
            Cover(cover, grid);
        }

        var most = 0f;
        foreach (var part in cover)
        {
            most = Math.Max(most, part);
        }

        var least = Math.Min(LeastCover, Math.Max(MostOfNone, PartOfMost * most));
        for (var place = 0; place < cover.Length; place++)
        {
            if (cover[place] > MostOfNone && cover[place] >= least)
            {
                targets[(place * scheme.Count) + label] = TumorWeight;
            }
            else if (cover[place] <= MostOfNone && (IsSure || !HasNeighbour(cover, grid, place)))
            {
                targets[(place * scheme.Count) + scheme.NoTumor] = 1;
            }
        }
    }

    // A tumour that was found may reach further than its mask.
    private static bool HasNeighbour(ReadOnlySpan<float> cover, int grid, int place)
    {
        var (row, column) = (place / grid, place % grid);
        for (var y = Math.Max(0, row - 1); y <= Math.Min(grid - 1, row + 1); y++)
        {
            for (var x = Math.Max(0, column - 1); x <= Math.Min(grid - 1, column + 1); x++)
            {
                if (cover[(y * grid) + x] > MostOfNone)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private void Cover(Span<float> cover, int grid)
    {
        var points = grid * PointsPerSide;
        for (var y = 0; y < points; y++)
        {
            var v = ((2f * y) + 1 - points) / points;
            for (var x = 0; x < points; x++)
            {
                var (column, row) = View.PixelAt(((2f * x) + 1 - points) / points, v, SourceSize);
                if (column >= 0 && row >= 0 && column < SourceSize && row < SourceSize && Mask![((int)row * SourceSize) + (int)column] > 127)
                {
                    cover[(y / PointsPerSide * grid) + (x / PointsPerSide)] += 1f / (PointsPerSide * PointsPerSide);
                }
            }
        }
    }
}
