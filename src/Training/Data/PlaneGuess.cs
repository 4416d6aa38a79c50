namespace BrainTumorDicom.Training.Data;

/// <summary>
/// Guesses the plane of a picture that does not say it. Axial and coronal slices look like their mirror image, in outline and
/// from afar, sagittal ones do not; an axial head is closed at its lower end, a coronal one goes on as neck. Right often
/// enough to compare groups of slices, not to rely on for one.
/// </summary>
internal static class PlaneGuess
{
    private const float Dark = 0.12f;
    private const int Coarse = 12;

    // Set by looking at 120 slices of the public set, 30 of each class.
    private const double UnlikeAnyway = 0.6;
    private const double UnlikeWithOutline = 0.76;
    private const double OutlineAlike = 0.92;
    private const double NeckWidth = 0.5;
    private const double NeckPlace = 0.97;

    /// <summary>The plane of a converted slice.</summary>
    /// <param name="input">[size × size], row-major, the head as a square, each in [0, 1].</param>
    /// <param name="size">Rows and columns.</param>
    public static SlicePlane Of(ReadOnlySpan<float> input, int size)
    {
        var (starts, ends) = Outline(input, size);
        var (first, last) = (Array.FindIndex(ends, end => end > 0), Array.FindLastIndex(ends, end => end > 0));
        if (first < 0)
        {
            return SlicePlane.Axial;
        }

        var likeness = Likeness(input, size);
        if (likeness < UnlikeAnyway || (likeness < UnlikeWithOutline && OutlineLikeness(starts, ends, size) < OutlineAlike))
        {
            return SlicePlane.Sagittal;
        }

        var widest = Enumerable.Range(first, last - first + 1).Max(row => ends[row] - starts[row]);
        var low = first + (int)((last - first) * NeckPlace);
        return ends[low] - starts[low] > NeckWidth * widest ? SlicePlane.Coronal : SlicePlane.Axial;
    }

    private static (int[] Starts, int[] Ends) Outline(ReadOnlySpan<float> input, int size)
    {
        var (starts, ends) = (new int[size], new int[size]);
        for (var row = 0; row < size; row++)
        {
            var line = input.Slice(row * size, size);
            starts[row] = size;
            for (var column = 0; column < size; column++)
            {
                if (line[column] > Dark)
                {
                    starts[row] = Math.Min(starts[row], column);
                    ends[row] = column + 1;
                }
            }
        }

        return (starts, ends);
    }

    // The part that outline and mirrored outline have in common, of what either covers.
    private static double OutlineLikeness(int[] starts, int[] ends, int size)
    {
        var (common, either) = (0, 0);
        for (var row = 0; row < size; row++)
        {
            if (ends[row] > 0)
            {
                var (left, right) = (size - ends[row], size - starts[row]);
                common += Math.Max(0, Math.Min(ends[row], right) - Math.Max(starts[row], left));
                either += Math.Max(ends[row], right) - Math.Min(starts[row], left);
            }
        }

        return (double)common / Math.Max(1, either);
    }

    // The correlation of the slice, reduced so far that a mass hardly counts, with its mirror image.
    private static double Likeness(ReadOnlySpan<float> input, int size)
    {
        Span<double> cells = stackalloc double[Coarse * Coarse];
        for (var i = 0; i < input.Length; i++)
        {
            cells[(i / size * Coarse / size * Coarse) + (i % size * Coarse / size)] += input[i];
        }

        double sum = 0, squares = 0, products = 0;
        for (var i = 0; i < cells.Length; i++)
        {
            sum += cells[i];
            squares += cells[i] * cells[i];
            products += cells[i] * cells[i - (i % Coarse) + Coarse - 1 - (i % Coarse)];
        }

        var mean = sum / cells.Length;
        var variance = (squares / cells.Length) - (mean * mean);
        return variance > 1e-9 ? ((products / cells.Length) - (mean * mean)) / variance : 1;
    }
}
