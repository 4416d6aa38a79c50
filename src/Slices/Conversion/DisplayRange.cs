namespace BrainTumorDicom.Slices.Conversion;

/// <summary>The pixel values shown as 0 and as 1. One range serves a whole series, so that neighbouring slices stay comparable.</summary>
/// <param name="Low">Shown as 0, in units after the Modality LUT.</param>
/// <param name="High">Shown as 1; not below <paramref name="Low"/>. Equal to it when the series is blank: every slice is then all 0.</param>
public readonly record struct DisplayRange(float Low, float High)
{
    /// <summary>The range of a series; for an image file, of its one slice.</summary>
    /// <remarks>
    /// Exact, so that it can be computed independently:
    /// <list type="number">
    /// <item>The provisional range is (LowPercentile, HighPercentile) of all pixels of all slices.</item>
    /// <item>In each slice the head region is found with the provisional range (<see cref="HeadBox.Find"/> says how); its pixels
    /// are, in each row of the region, all from the first to the last pixel of the kept components, dark ones between included.</item>
    /// <item>The range is (LowPercentile, HighPercentile) of the head pixels of all slices; the provisional one where no slice has any.</item>
    /// </list>
    /// A percentile p of n values is the one of nearest rank: the k-th smallest, k = max(1, ceil(p / 100 × n))
    /// (numpy: <c>method="inverted_cdf"</c>). A head has dark parts inside its outline, and they set Low; an object of one value,
    /// which no head is, has no range.
    /// </remarks>
    /// <param name="slices">All slices of the series; read several times.</param>
    /// <param name="parameters">The percentiles and the head threshold.</param>
    public static DisplayRange OfSeries(IReadOnlyList<SlicePixels> slices, PreprocessingParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(slices);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfZero(slices.Count);

        using var percentiles = new ExactPercentiles(parameters.LowPercentile, parameters.HighPercentile);
        foreach (var slice in slices)
        {
            percentiles.Count(slice.Values);
        }

        percentiles.EndCounting();
        foreach (var slice in slices)
        {
            percentiles.Refine(slice.Values);
        }

        var provisional = new DisplayRange(percentiles.Low, percentiles.High);
        return provisional.High > provisional.Low ? OfHeads(slices, provisional, parameters) : provisional;
    }

    private static DisplayRange OfHeads(IReadOnlyList<SlicePixels> slices, DisplayRange provisional, PreprocessingParameters parameters)
    {
        using var percentiles = new ExactPercentiles(parameters.LowPercentile, parameters.HighPercentile);
        var regions = new HeadRegion[slices.Count];
        for (var i = 0; i < regions.Length; i++)
        {
            // Taken once: a slice that is not kept is read again each time.
            var slice = slices[i];
            regions[i] = HeadRegion.Find(slice, provisional, parameters);
            for (var row = regions[i].Top; row < regions[i].Bottom; row++)
            {
                percentiles.Count(regions[i].RowOf(slice, row));
            }
        }

        if (!percentiles.EndCounting())
        {
            return provisional;
        }

        for (var i = 0; i < regions.Length; i++)
        {
            var slice = slices[i];
            for (var row = regions[i].Top; row < regions[i].Bottom; row++)
            {
                percentiles.Refine(regions[i].RowOf(slice, row));
            }
        }

        return new DisplayRange(percentiles.Low, percentiles.High);
    }
}
