using BrainTumorDicom.Classification.Execution;
using BrainTumorDicom.Classification.Findings;

namespace BrainTumorDicom.Training.Data.Tumors;

/// <summary>
/// Finds the tumour in each tumour slice: a first model says roughly where (its attention map, taken at several shifts of the slice, so
/// that it is finer than the network's own grid), and the grey values say the rest by growing a region from there.
/// </summary>
/// <param name="first">A model that knows tumours, such as one trained without this.</param>
/// <param name="sourceSize">Rows and columns of <see cref="Sample.Source"/>.</param>
internal sealed class TumorFinder(Classifier first, int sourceSize)
{
    private const int ShiftsPerAxis = 3;

    // Of each class, the surest: a place that is wrong would teach that skin and vessels are tumours.
    private const double Kept = 0.45;

    // Of each class; more would take longer and show little more.
    private const int MostLookedAt = 550;
    private readonly int _inputSize = first.Package.Manifest.Preprocessing.Size;

    /// <summary>The tumours that were found most surely, of each class the surest first.</summary>
    public IReadOnlyList<TumorPlace> Find(IReadOnlyList<Sample> samples, IProgress<(int Done, int Total)>? progress, CancellationToken cancellationToken)
    {
        var tumors = samples.Where(sample => sample.Label != TumorClass.NoTumor && sample.Origin == SampleOrigin.Main)
            .GroupBy(sample => sample.Label).OrderBy(own => own.Key).SelectMany(Spaced).ToArray();
        var places = new TumorPlace?[tumors.Length];
        var done = 0;
        Parallel.For(0, tumors.Length, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken }, i =>
        {
            places[i] = TumorRegion.Grow(tumors[i], Heat(tumors[i]), sourceSize);
            progress?.Report((Interlocked.Increment(ref done), tumors.Length));
        });

        return
        [
            .. places.OfType<TumorPlace>().GroupBy(place => place.Sample.Label).OrderBy(own => own.Key)
                .SelectMany(own => own.OrderByDescending(place => place.Score).Take((int)Math.Ceiling(Kept * own.Count()))),
        ];
    }

    // Evenly out of all: neighbours show the same tumour.
    private static IEnumerable<Sample> Spaced(IEnumerable<Sample> samples)
    {
        var all = samples.ToArray();
        var count = Math.Min(all.Length, MostLookedAt);
        return Enumerable.Range(0, count).Select(i => all[(long)i * all.Length / count]);
    }

    // Attention of the slice's class against the other tumours', in the grid of the source, smallest 0, largest 1.
    private float[] Heat(Sample sample)
    {
        var inputs = new float[ShiftsPerAxis * ShiftsPerAxis * _inputSize * _inputSize];
        var shifts = new (int X, int Y)[ShiftsPerAxis * ShiftsPerAxis];
        var stride = _inputSize / 4;
        for (var k = 0; k < shifts.Length; k++)
        {
            shifts[k] = (((k % ShiftsPerAxis) - 1) * stride / ShiftsPerAxis, ((k / ShiftsPerAxis) - 1) * stride / ShiftsPerAxis);
            Shrink(sample.Source, shifts[k], inputs.AsSpan(k * _inputSize * _inputSize, _inputSize * _inputSize));
        }

        var outputs = first.Run(inputs, shifts.Length);
        var heat = new float[sourceSize * sourceSize];
        for (var k = 0; k < shifts.Length; k++)
        {
            Add(outputs[k], (int)sample.Label, shifts[k], heat);
        }

        var (least, most) = (heat.Min(), heat.Max());
        return Array.ConvertAll(heat, value => (value - least) / Math.Max(1e-6f, most - least));
    }

    private void Shrink(byte[] source, (int X, int Y) shift, Span<float> input)
    {
        var scale = (double)sourceSize / _inputSize;
        for (var y = 0; y < _inputSize; y++)
        {
            var fromY = (int)((y - shift.Y + 0.5) * scale);
            for (var x = 0; x < _inputSize; x++)
            {
                var fromX = (int)((x - shift.X + 0.5) * scale);
                input[(y * _inputSize) + x] = fromX < 0 || fromY < 0 || fromX >= sourceSize || fromY >= sourceSize ? 0 : source[(fromY * sourceSize) + fromX] / 255f;
            }
        }
    }

    private void Add(SliceOutput output, int label, (int X, int Y) shift, float[] heat)
    {
        var (rows, columns) = (output.AttentionHeight, output.AttentionWidth);
        var map = new float[rows * columns];
        for (var c = 0; c < TumorClasses.Count; c++)
        {
            // Against the other tumours: against none, the style of the set would count, which all places share.
            var weight = c == label ? 1f : c == (int)TumorClass.NoTumor ? 0 : -0.5f;
            for (var i = 0; i < map.Length; i++)
            {
                map[i] += weight * output.Attention.Span[(c * map.Length) + i];
            }
        }

        for (var y = 0; y < sourceSize; y++)
        {
            var v = Math.Clamp(((((y + 0.5) / sourceSize) + ((double)shift.Y / _inputSize)) * rows) - 0.5, 0, rows - 1.001);
            var top = (int)v;
            for (var x = 0; x < sourceSize; x++)
            {
                var u = Math.Clamp(((((x + 0.5) / sourceSize) + ((double)shift.X / _inputSize)) * columns) - 0.5, 0, columns - 1.001);
                var left = (int)u;
                var (pu, pv) = ((float)(u - left), (float)(v - top));
                var at = (top * columns) + left;
                var upper = map[at] + (pu * (map[at + 1] - map[at]));
                var lower = map[at + columns] + (pu * (map[at + columns + 1] - map[at + columns]));
                heat[(y * sourceSize) + x] += upper + (pv * (lower - upper));
            }
        }
    }
}
