using System.Buffers;

namespace BrainTumorDicom.Slices.Conversion;

/// <summary>The bright pixels of a slice as horizontal runs, joined into components over the eight neighbours (union-find).</summary>
internal sealed class BrightRuns : IDisposable
{
    private Run[] runs = ArrayPool<Run>.Shared.Rent(1024);
    private int[] parents = [];
    private int[] sizes = [];
    private int count;

    private BrightRuns()
    {
    }

    /// <summary>All runs, by row and then by column.</summary>
    public ReadOnlySpan<Run> All => runs.AsSpan(0, count);

    /// <summary>Finds the runs of pixels above <paramref name="threshold"/> and their components.</summary>
    public static BrightRuns Find(SlicePixels slice, float threshold)
    {
        var found = new BrightRuns();
        for (var row = 0; row < slice.Rows; row++)
        {
            found.AddRow(slice.Values.AsSpan(row * slice.Columns, slice.Columns), row, threshold);
        }

        found.Join();
        return found;
    }

    /// <summary>Pixels of the component that <paramref name="run"/> belongs to.</summary>
    public int ComponentSize(Run run) => sizes[Root(run.Index)];

    /// <summary>Pixels of the largest component; 0 when nothing is bright.</summary>
    public int LargestComponent()
    {
        var largest = 0;
        for (var i = 0; i < count; i++)
        {
            largest = Math.Max(largest, sizes[i]);
        }

        return largest;
    }

    /// <summary>Gives the buffers back.</summary>
    public void Dispose()
    {
        ArrayPool<Run>.Shared.Return(runs);
        if (parents.Length > 0)
        {
            ArrayPool<int>.Shared.Return(parents);
            ArrayPool<int>.Shared.Return(sizes);
        }
    }

    private void AddRow(ReadOnlySpan<float> pixels, int row, float threshold)
    {
        var column = 0;
        while (column < pixels.Length)
        {
            if (!(pixels[column] > threshold))
            {
                column++;
                continue;
            }

            var start = column;
            while (column < pixels.Length && pixels[column] > threshold)
            {
                column++;
            }

            if (count == runs.Length)
            {
                var larger = ArrayPool<Run>.Shared.Rent(count * 2);
                runs.CopyTo(larger, 0);
                ArrayPool<Run>.Shared.Return(runs);
                runs = larger;
            }

            runs[count] = new Run(row, start, column, count);
            count++;
        }
    }

    private void Join()
    {
        parents = ArrayPool<int>.Shared.Rent(Math.Max(1, count));
        sizes = ArrayPool<int>.Shared.Rent(Math.Max(1, count));
        for (var i = 0; i < count; i++)
        {
            parents[i] = i;
            sizes[i] = 0;
        }

        var above = 0;
        for (var i = 0; i < count; i++)
        {
            var run = runs[i];
            while (above < i && (runs[above].Row < run.Row - 1 || (runs[above].Row == run.Row - 1 && runs[above].End < run.Start)))
            {
                above++;
            }

            // Diagonal neighbours touch: the run above may end where this one starts, or start where it ends.
            for (var j = above; j < i && runs[j].Row == run.Row - 1 && runs[j].Start <= run.End; j++)
            {
                Union(j, i);
            }
        }

        for (var i = 0; i < count; i++)
        {
            sizes[Root(i)] += runs[i].End - runs[i].Start;
        }
    }

    private void Union(int first, int second)
    {
        var (a, b) = (Root(first), Root(second));
        parents[Math.Max(a, b)] = Math.Min(a, b);
    }

    private int Root(int index)
    {
        while (parents[index] != index)
        {
            parents[index] = parents[parents[index]];
            index = parents[index];
        }

        return index;
    }

    /// <summary>Bright pixels side by side.</summary>
    /// <param name="Row">Their row.</param>
    /// <param name="Start">First column.</param>
    /// <param name="End">Column after the last.</param>
    /// <param name="Index">Position among all runs.</param>
    internal readonly record struct Run(int Row, int Start, int End, int Index);
}
