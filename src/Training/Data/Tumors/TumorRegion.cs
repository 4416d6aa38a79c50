using BrainTumorDicom.Classification.Findings;

namespace BrainTumorDicom.Training.Data.Tumors;

/// <summary>Grows the region of a tumour from where a network looked.</summary>
internal static class TumorRegion
{
    // The map is coarse: below this part of its range it says nothing.
    private const float LeastHeat = 0.35f;

    // A tumour outside these parts of the head's area was not found.
    private const double SmallestPart = 0.005;
    private const double LargestPart = 0.12;

    // Part of the disc around a region that it fills: skull base and vessels are long and thin.
    private const double LeastCompactness = 0.42;
    private const double RingWidth = 5;

    // Typical distances from the middle, as parts of the view.
    private const double PituitaryReach = 0.09;
    private const double OtherReach = 0.25;

    // How far from the brain's middle grey, in its spreads, a region begins: the best of several counts.
    private static readonly double[] Differences = [0.7, 1, 1.4, 2, 2.8];

    /// <summary>The place of the tumour, or <see langword="null"/> when nothing compact and bright stands out where the network looked.</summary>
    public static TumorPlace? Grow(Sample sample, float[] heat, int size)
    {
        var view = Blur(sample.Source, size);
        var outline = new HeadOutline(sample.Source, size);
        var (median, spread, area) = Brain(view, outline, size);
        var hot = new bool[size * size];
        for (var i = 0; i < hot.Length; i++)
        {
            hot[i] = heat[i] >= LeastHeat && outline.BrainPart(i % size, i / size) < 0.99;
        }

        var best = (Score: 0.0, Region: (List<int>?)null);
        foreach (var difference in Differences)
        {
            var candidates = new bool[size * size];
            for (var i = 0; i < candidates.Length; i++)
            {
                candidates[i] = hot[i] && view[i] - median >= difference * spread;
            }

            foreach (var region in Regions(candidates, size).Where(region => region.Count >= SmallestPart * area / 2 && region.Count <= LargestPart * area))
            {
                var score = Score(region, view, heat, median, spread, size) * Prior(sample.Label, region, size);
                best = score > best.Score ? (score, region) : best;
            }
        }

        if (best.Region is null)
        {
            return null;
        }

        var mask = new bool[size * size];
        best.Region.ForEach(i => mask[i] = true);
        mask = Close(mask, size);
        var count = mask.Count(inside => inside);
        return count < SmallestPart * area || count > LargestPart * area ? null : Describe(sample, mask, outline, (float)spread, (float)best.Score, size);
    }

    // Tumours of the pituitary lie near the middle of the view in every plane; nothing that is looked for lies in face or neck.
    private static double Prior(TumorClass label, List<int> region, int size)
    {
        var (x, y) = ((region.Average(i => i % size) / size) - 0.5, (region.Average(i => i / size) / size) - 0.5);
        var reach = label == TumorClass.Pituitary ? PituitaryReach : OtherReach;
        var low = label == TumorClass.Pituitary ? 0 : Math.Max(0, y);
        return Math.Exp(-((x * x) + (y * y) + (low * low)) / (2 * reach * reach));
    }

    // Hot, bright, large and compact; 0 when too thin.
    private static double Score(List<int> region, float[] view, float[] heat, double median, double spread, int size)
    {
        var (x, y) = (region.Average(i => i % size), region.Average(i => i / size));
        var reach = region.Max(i => Math.Pow((i % size) - x, 2) + Math.Pow((i / size) - y, 2));
        var compactness = region.Count / (Math.PI * (reach + 1));
        return compactness < LeastCompactness
            ? 0
            : Math.Pow(region.Average(i => heat[i]), 3) * Math.Sqrt(region.Count) * compactness * Math.Min(6, region.Average(i => view[i] - median) / spread);
    }

    private static TumorPlace Describe(Sample sample, bool[] mask, HeadOutline outline, float spread, float score, int size)
    {
        double x = 0, y = 0, count = 0;
        for (var i = 0; i < mask.Length; i++)
        {
            if (mask[i])
            {
                (x, y, count) = (x + (i % size), y + (i / size), count + 1);
            }
        }

        (x, y) = (x / count, y / count);
        var radius = Math.Sqrt(count / Math.PI);
        double around = 0, ring = 0, inside = 0;
        for (var i = 0; i < mask.Length; i++)
        {
            inside += mask[i] ? sample.Source[i] : 0;
            var (dx, dy) = ((i % size) - x, (i / size) - y);
            var distance = Math.Sqrt((dx * dx) + (dy * dy));
            if (!mask[i] && distance > radius && distance < radius + (2 * RingWidth) && outline.BrainPart(i % size, i / size) < 1)
            {
                (around, ring) = (around + sample.Source[i], ring + 1);
            }
        }

        return new TumorPlace(
            sample,
            Soften(Spread(mask, size, 2, true), size),
            (float)x,
            (float)y,
            (float)radius,
            ring == 0 ? 0 : (float)(around / ring),
            (float)((inside / count) - (ring == 0 ? 0 : around / ring)),
            spread,
            score,
            Symmetry.Of(sample.Source, size));
    }

    // 255 well inside, 0 well outside.
    private static byte[] Soften(bool[] mask, int size)
    {
        var soft = Array.ConvertAll(mask, inside => (byte)(inside ? 255 : 0));
        for (var pass = 0; pass < 2; pass++)
        {
            soft = Array.ConvertAll(Blur(soft, size), value => (byte)value);
        }

        return soft;
    }

    private static List<List<int>> Regions(bool[] candidates, int size)
    {
        var regions = new List<List<int>>();
        var seen = new bool[candidates.Length];
        var open = new Stack<int>();
        for (var start = 0; start < candidates.Length; start++)
        {
            if (!candidates[start] || seen[start])
            {
                continue;
            }

            var region = new List<int>();
            seen[start] = true;
            open.Push(start);
            while (open.TryPop(out var i))
            {
                region.Add(i);
                ReadOnlySpan<int> neighbours = [i - 1, i + 1, i - size, i + size];
                foreach (var j in neighbours)
                {
                    if (j >= 0 && j < candidates.Length && candidates[j] && !seen[j])
                    {
                        seen[j] = true;
                        open.Push(j);
                    }
                }
            }

            regions.Add(region);
        }

        return regions;
    }

    // Grown by a few pixels, holes filled row by row and column by column, and shrunk again: rings become discs.
    private static bool[] Close(bool[] mask, int size)
    {
        var reach = Math.Max(2, size / 50);
        var grown = Spread(mask, size, reach, true);
        var filled = new bool[mask.Length];
        for (var i = 0; i < mask.Length; i++)
        {
            filled[i] = grown[i] || (Enclosed(grown, size, i, 1) && Enclosed(grown, size, i, size));
        }

        return Spread(filled, size, reach - 1, false);
    }

    private static bool Enclosed(bool[] mask, int size, int at, int step)
    {
        var position = step == 1 ? at % size : at / size;
        bool before = false, after = false;
        for (var k = 1; k <= position && !before; k++)
        {
            before = mask[at - (k * step)];
        }

        for (var k = 1; k < size - position && before && !after; k++)
        {
            after = mask[at + (k * step)];
        }

        return before && after;
    }

    private static bool[] Spread(bool[] mask, int size, int reach, bool value)
    {
        var result = mask;
        for (var pass = 0; pass < reach; pass++)
        {
            var next = (bool[])result.Clone();
            for (var y = 1; y < size - 1; y++)
            {
                for (var x = 1; x < size - 1; x++)
                {
                    var i = (y * size) + x;
                    if (result[i - 1] == value || result[i + 1] == value || result[i - size] == value || result[i + size] == value)
                    {
                        next[i] = value;
                    }
                }
            }

            result = next;
        }

        return result;
    }

    private static (double Median, double Spread, int HeadArea) Brain(float[] view, HeadOutline outline, int size)
    {
        var values = new List<float>();
        var head = 0;
        for (var i = 0; i < view.Length; i++)
        {
            var (x, y) = (i % size, i / size);
            head += outline.IsHead(x, y) ? 1 : 0;
            if (outline.BrainPart(x, y) < 0.9)
            {
                values.Add(view[i]);
            }
        }

        values.Sort();
        var median = values[values.Count / 2];
        var deviations = values.ConvertAll(value => Math.Abs(value - median));
        deviations.Sort();
        return (median, Math.Max(6, 1.4826 * deviations[deviations.Count / 2]), head);
    }

    private static float[] Blur(byte[] source, int size)
    {
        var view = new float[source.Length];
        for (var y = 1; y < size - 1; y++)
        {
            for (var x = 1; x < size - 1; x++)
            {
                var sum = 0;
                for (var k = 0; k < 9; k++)
                {
                    sum += source[((y + (k / 3) - 1) * size) + x + (k % 3) - 1];
                }

                view[(y * size) + x] = sum / 9f;
            }
        }

        return view;
    }
}
