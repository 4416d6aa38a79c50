namespace BrainTumorDicom.Slices.Conversion;

/// <summary>The head as spans of columns, row by row. <see cref="HeadBox.Find"/> defines it.</summary>
/// <param name="Top">First row.</param>
/// <param name="Bottom">Row after the last; equal to <paramref name="Top"/> when there is no head.</param>
/// <param name="Left">First column.</param>
/// <param name="Right">Column after the last.</param>
/// <param name="Starts">[Bottom − Top] first column of each row's span.</param>
/// <param name="Ends">[Bottom − Top] column after the last of each row's span; not above the start when the row has none.</param>
internal readonly record struct HeadRegion(int Top, int Bottom, int Left, int Right, int[] Starts, int[] Ends)
{
    /// <summary>Components with at least this fraction of the largest one's pixels are kept.</summary>
    private const double KeptFraction = 0.1;

    /// <summary>Rows and columns at the edge with fewer kept pixels than this fraction of the box's side are trimmed.</summary>
    private const double TrimFraction = 0.02;

    /// <summary>The head of <paramref name="slice"/> under <paramref name="range"/>.</summary>
    public static HeadRegion Find(SlicePixels slice, DisplayRange range, PreprocessingParameters parameters)
    {
        var threshold = (float)(range.Low + (parameters.HeadThreshold * ((double)range.High - range.Low)));
        using var runs = BrightRuns.Find(slice, threshold);
        var largest = runs.LargestComponent();
        return largest == 0 ? default : FromRuns(runs, (int)Math.Ceiling(largest * KeptFraction), slice.Rows, slice.Columns);
    }

    /// <summary>The head pixels of <paramref name="slice"/> in <paramref name="row"/>.</summary>
    public ReadOnlySpan<float> RowOf(SlicePixels slice, int row)
    {
        var start = Starts[row - Top];
        return slice.Values.AsSpan((row * slice.Columns) + start, Math.Max(0, Ends[row - Top] - start));
    }

    /// <summary>Number of head pixels.</summary>
    public int Area()
    {
        var area = 0;
        for (var i = 0; i < Bottom - Top; i++)
        {
            area += Math.Max(0, Ends[i] - Starts[i]);
        }

        return area;
    }

    private static HeadRegion FromRuns(BrightRuns runs, int fewest, int rows, int columns)
    {
        var starts = new int[rows];
        var ends = new int[rows];
        var rowCounts = new int[rows];
        var columnSteps = new int[columns + 1];
        Array.Fill(starts, columns);
        foreach (var run in runs.All)
        {
            if (runs.ComponentSize(run) >= fewest)
            {
                starts[run.Row] = Math.Min(starts[run.Row], run.Start);
                ends[run.Row] = Math.Max(ends[run.Row], run.End);
                rowCounts[run.Row] += run.End - run.Start;
                columnSteps[run.Start]++;
                columnSteps[run.End]--;
            }
        }

        for (var column = 1; column <= columns; column++)
        {
            columnSteps[column] += columnSteps[column - 1];
        }

        var (top, bottom) = Extent(rowCounts, rows);
        var (left, right) = Extent(columnSteps, columns);
        var (width, height) = (right - left, bottom - top);
        (top, bottom) = Trim(rowCounts, top, bottom, TrimFraction * width);
        (left, right) = Trim(columnSteps, left, right, TrimFraction * height);
        for (var row = top; row < bottom; row++)
        {
            starts[row] = Math.Max(starts[row], left);
            ends[row] = Math.Min(ends[row], right);
        }

        return new HeadRegion(top, bottom, left, right, starts[top..bottom], ends[top..bottom]);
    }

    private static (int First, int Last) Extent(int[] counts, int length)
    {
        var first = 0;
        while (counts[first] == 0)
        {
            first++;
        }

        var last = length;
        while (counts[last - 1] == 0)
        {
            last--;
        }

        return (first, last);
    }

    private static (int First, int Last) Trim(int[] counts, int first, int last, double fewest)
    {
        var (begin, end) = (first, last);
        while (begin < end && counts[begin] < fewest)
        {
            begin++;
        }

        while (end > begin && counts[end - 1] < fewest)
        {
            end--;
        }

        // A scatter of thin lines has nothing but edges: leave it as it is.
        return begin < end ? (begin, end) : (first, last);
    }
}
