using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Slices.Conversion;
using BrainTumorDicom.Training.Data.Tumors;
using BrainTumorDicom.Training.Data.Volumes;

namespace BrainTumorDicom.Training.Evaluation.Volumes;

/// <summary>Puts tumours of slices into whole heads, over neighbouring slices, so that it can be measured how many are found.</summary>
/// <param name="donors">Tumours of slices that training did not see.</param>
/// <param name="sourceSize">Rows and columns of their views.</param>
/// <param name="preprocessing">How a slice becomes such a view.</param>
internal sealed class TumorInsertion(IReadOnlyList<TumorPlace> donors, int sourceSize, PreprocessingParameters preprocessing)
{
    private const int Attempts = 30;
    private readonly TumorBlend _blend = new(donors, [], sourceSize);
    private readonly PreprocessingParameters _view = preprocessing with { Size = sourceSize };

    /// <summary>The series with a tumour in some slices.</summary>
    /// <param name="series">A head without one.</param>
    /// <param name="slices">Over how many neighbouring slices.</param>
    /// <param name="random">Says which, where and how.</param>
    /// <returns>The series, the tumour's class and its slices' SOP Instance UIDs; <see langword="null"/> where none fits.</returns>
    public (VolumeSeries Series, TumorClass Class, IReadOnlySet<string> Instances)? Insert(VolumeSeries series, int slices, ref SeededRandom random)
    {
        var pixels = series.Slices.Select(slice => slice.Pixels()).ToArray();
        var range = DisplayRange.OfSeries(pixels, preprocessing);
        var boxes = Array.ConvertAll(pixels, slice => HeadBox.Find(slice, range, preprocessing));
        var fullest = boxes.Max(box => box.AreaSquareMillimetres);
        var inHead = Enumerable.Range(0, pixels.Length).Where(i => boxes[i].AreaSquareMillimetres > 0.2 * fullest).ToArray();
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var donor = donors[random.Below(donors.Count)];
            var center = inHead[random.Below(inHead.Length)];
            var level = (float)(center - inHead[0]) / Math.Max(1, inHead[^1] - inHead[0]);
            if (center - (slices / 2) < 0 || center + (slices / 2) >= pixels.Length || boxes[center].AreaSquareMillimetres < 0.6 * fullest
                || donor.Symmetry.IsSymmetric != (series.Plane != HeadPlane.Sagittal) || !Fits(donor.Sample.Label, series.Plane, level))
            {
                continue;
            }

            if (_blend.Plan(donor, View(pixels[center], range, boxes[center]), ref random) is { } plan)
            {
                return Carry(series, pixels, range, boxes[center], plan, center, slices);
            }
        }

        return null;
    }

    private static bool Fits(TumorClass label, HeadPlane plane, float level) => label != TumorClass.Pituitary
        ? level is > 0.3f and < 0.85f
        : plane switch { HeadPlane.Axial => level is > 0.2f and < 0.5f, HeadPlane.Coronal => level is > 0.28f and < 0.52f, _ => level is > 0.43f and < 0.57f };

    private (VolumeSeries, TumorClass, IReadOnlySet<string>) Carry(
        VolumeSeries series, SlicePixels[] pixels, DisplayRange range, HeadBox box, BlendPlan plan, int center, int slices)
    {
        var changed = series.Slices.ToArray();
        var instances = new HashSet<string>(StringComparer.Ordinal);
        for (var i = center - (slices / 2); i < center - (slices / 2) + slices; i++)
        {
            // The section of a ball that reaches half a slice further than its last slice.
            var height = (i - center) / ((slices / 2) + 0.75);
            var before = View(pixels[i], range, box);
            var after = (byte[])before.Clone();
            _blend.Put(plan, after, Math.Sqrt(1 - (height * height)));
            changed[i] = series.Slices[i].Changed(Difference(before, after, pixels[i], range, box));
            instances.Add(series.Slices[i].Instance);
        }

        return (series with { Slices = changed }, plan.Donor.Sample.Label, instances);
    }

    private byte[] View(SlicePixels slice, DisplayRange range, HeadBox box)
    {
        var view = new float[sourceSize * sourceSize];
        SliceConverter.Convert(slice, range, box, _view, view);
        return Array.ConvertAll(view, value => (byte)((value * 255) + 0.5f));
    }

    // From the view's grid back to the pixels of the slice.
    private float[] Difference(byte[] before, byte[] after, SlicePixels slice, DisplayRange range, HeadBox box)
    {
        var result = new float[slice.Values.Length];
        var side = Math.Max(box.Height * slice.RowSpacing, box.Width * slice.ColumnSpacing) * (1 + (2 * preprocessing.CropMargin));
        var (rows, columns) = (side / slice.RowSpacing, side / slice.ColumnSpacing);
        var (top, left) = (box.Top + (box.Height / 2.0) - (rows / 2), box.Left + (box.Width / 2.0) - (columns / 2));
        for (var row = 0; row < slice.Rows; row++)
        {
            var y = (float)(((row + 0.5 - top) / rows * sourceSize) - 0.5);
            for (var column = 0; column < slice.Columns; column++)
            {
                var x = (float)(((column + 0.5 - left) / columns * sourceSize) - 0.5);
                result[(row * slice.Columns) + column] =
                    (Patch.Sample(after, sourceSize, x, y) - Patch.Sample(before, sourceSize, x, y)) / 255 * (range.High - range.Low);
            }
        }

        return result;
    }
}
