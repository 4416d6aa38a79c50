using System.Buffers;

namespace BrainTumorDicom.Classification.Analysis;

/// <summary>Whether there is tissue in the middle of what was taken for a head.</summary>
/// <remarks>
/// In a head the middle is brain, and brain lies well inside the display range: its median there is 0.16 or more in 99.5 % of the
/// training slices of every class, and 0.18 or more in 99.5 % of the slices of sixteen whole heads in T1, T2, PD and FLAIR. In
/// objects with a bright rind or bright kernels around little signal (fruit, bottles, phantoms filled with oil) it is near 0.1.
/// </remarks>
internal static class CentralTissue
{
    // A disc of 28 % of the input: inside the skull in every plane, larger than any ventricle.
    private const double Radius = 0.3;

    /// <summary>The median of the input in a disc around its middle.</summary>
    /// <param name="input">[size × size], row-major, each in [0, 1].</param>
    /// <param name="size">Rows and columns.</param>
    public static float Median(ReadOnlySpan<float> input, int size)
    {
        var values = ArrayPool<float>.Shared.Rent(input.Length);
        var count = 0;
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                var (y, x) = (((row + 0.5) / size) - 0.5, ((column + 0.5) / size) - 0.5);
                if ((y * y) + (x * x) < Radius * Radius)
                {
                    values[count++] = input[(row * size) + column];
                }
            }
        }

        Array.Sort(values, 0, count);
        var median = values[count / 2];
        ArrayPool<float>.Shared.Return(values);
        return median;
    }
}
