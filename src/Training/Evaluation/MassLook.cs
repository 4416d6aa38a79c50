namespace BrainTumorDicom.Training.Evaluation;

/// <summary>
/// What the place looks like that a class's attention points at, measured on the bright part of it: an estimate, for nobody
/// has outlined the masses.
/// </summary>
/// <param name="Size">Area of the bright part as a fraction of the head's.</param>
/// <param name="EdgeDistance">Distance of its middle from the edge of the head, as a fraction of the side of the square.</param>
/// <param name="Contrast">Its mean above that of the head, in standard deviations of the head.</param>
public readonly record struct MassLook(double Size, double EdgeDistance, double Contrast)
{
    private const float Dark = 0.12f;

    /// <summary>Measures it.</summary>
    /// <param name="slice">[size × size] in [0, 1].</param>
    /// <param name="size">Rows and columns.</param>
    /// <param name="map">[rows × columns] attention of the class.</param>
    /// <param name="rows">Rows of the map.</param>
    /// <param name="columns">Columns of the map.</param>
    public static MassLook Of(ReadOnlySpan<float> slice, int size, ReadOnlySpan<float> map, int rows, int columns)
    {
        var (least, most) = (float.MaxValue, float.MinValue);
        foreach (var value in map)
        {
            (least, most) = (Math.Min(least, value), Math.Max(most, value));
        }

        double sum = 0, squares = 0;
        var head = 0;
        foreach (var value in slice)
        {
            if (value > Dark)
            {
                sum += value;
                squares += value * value;
                head++;
            }
        }

        if (head == 0)
        {
            return default;
        }

        var mean = sum / head;
        var deviation = Math.Sqrt(Math.Max(1e-9, (squares / head) - (mean * mean)));
        double bright = 0, brightSum = 0, atRow = 0, atColumn = 0;
        for (var i = 0; i < slice.Length; i++)
        {
            var (row, column) = (i / size, i % size);
            var attention = map[(row * rows / size * columns) + (column * columns / size)];
            if (attention > (least + most) / 2 && slice[i] > mean + deviation)
            {
                bright++;
                brightSum += slice[i];
                atRow += row;
                atColumn += column;
            }
        }

        return bright == 0
            ? default
            : new MassLook(
                bright / head,
                EdgeDistanceOf(slice, size, (int)(atRow / bright), (int)(atColumn / bright)),
                ((brightSum / bright) - mean) / deviation);
    }

    // The way to the first place beyond which there is no more head, in sixteen directions, the shortest of them.
    private static double EdgeDistanceOf(ReadOnlySpan<float> slice, int size, int row, int column)
    {
        const int Directions = 16;
        var shortest = (double)size;
        for (var direction = 0; direction < Directions; direction++)
        {
            var (down, right) = (Math.Sin(2 * Math.PI * direction / Directions), Math.Cos(2 * Math.PI * direction / Directions));
            var last = 0;
            for (var step = 1; step < size; step++)
            {
                var (y, x) = ((int)Math.Round(row + (step * down)), (int)Math.Round(column + (step * right)));
                if (y < 0 || x < 0 || y >= size || x >= size)
                {
                    break;
                }

                last = slice[(y * size) + x] > Dark ? step : last;
            }

            shortest = Math.Min(shortest, last);
        }

        return shortest / size;
    }
}
