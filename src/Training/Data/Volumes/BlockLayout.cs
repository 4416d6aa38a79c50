namespace BrainTumorDicom.Training.Data.Volumes;

/// <summary>Where the samples of a grid lie in a block along the axes of the patient. Oblique axes are laid along those that they are nearest to.</summary>
/// <param name="Extents">Samples along x, y, z.</param>
/// <param name="Spacings">Distances along x, y, z in mm.</param>
/// <param name="Slowest">Which of x, y, z the third axis of the grid lies along.</param>
internal sealed record BlockLayout((int X, int Y, int Z) Extents, (double X, double Y, double Z) Spacings, int Slowest)
{
    private readonly int[] _steps = new int[3];
    private int _origin;

    /// <summary>The plane of the grid's first two axes.</summary>
    public HeadPlane Native => Slowest switch { 0 => HeadPlane.Sagittal, 1 => HeadPlane.Coronal, _ => HeadPlane.Axial };

    /// <summary>The layout of a grid; <see langword="null"/> where two of its axes lie along the same one of the patient.</summary>
    /// <param name="directions">Of its three axes, in the patient's: x to the left, y to the back, z to the top.</param>
    /// <param name="counts">Samples along them.</param>
    /// <param name="spacings">Distances along them in mm.</param>
    public static BlockLayout? Of(IReadOnlyList<double[]> directions, IReadOnlyList<int> counts, IReadOnlyList<double> spacings)
    {
        var axes = directions.Select(direction => Enumerable.Range(0, 3).MaxBy(i => Math.Abs(direction[i]))).ToArray();
        if (axes.Distinct().Count() != 3)
        {
            return null;
        }

        var (extents, distances) = (new int[3], new double[3]);
        for (var i = 0; i < 3; i++)
        {
            (extents[axes[i]], distances[axes[i]]) = (counts[i], spacings[i]);
        }

        var layout = new BlockLayout((extents[0], extents[1], extents[2]), (distances[0], distances[1], distances[2]), axes[2]);
        int[] strides = [1, extents[0], extents[0] * extents[1]];
        for (var i = 0; i < 3; i++)
        {
            var isForward = directions[i][axes[i]] > 0;
            layout._steps[i] = isForward ? strides[axes[i]] : -strides[axes[i]];
            layout._origin += isForward ? 0 : (counts[i] - 1) * strides[axes[i]];
        }

        return layout;
    }

    /// <summary>The index in [z × y × x] of a sample of the grid.</summary>
    public int IndexOf(int first, int second, int third) => _origin + (first * _steps[0]) + (second * _steps[1]) + (third * _steps[2]);
}
