using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Training.Data.Volumes;

namespace BrainTumorDicom.Training.Data.Tumors;

/// <summary>
/// Moves tumours between slices, so that a set's style says nothing about its class: tumours into healthy slices, healthy tissue into
/// healthy slices by the same way (what blending leaves behind must not mean tumour).
/// </summary>
internal sealed class TumorBlend
{
    // As parts of the view: from about 8 mm to a third of a head.
    private const double SmallestRadius = 0.03;
    private const double LargestRadius = 0.15;
    private const double LeastContrast = 24;
    private const double MostContrast = 90;

    // Of the gliomas that are put in: as sequences other than T1 with contrast show them.
    private const double DiffuseGlioma = 0.3;

    private readonly Dictionary<(TumorClass Class, bool Symmetric), TumorPlace[]> _tumors;
    private readonly Dictionary<string, TumorPlace> _byName;
    private readonly Dictionary<HeadPlane, Sample[]> _healthy;
    private readonly TumorPlace[] _all;
    private readonly int _size;

    /// <summary>Prepares it.</summary>
    /// <param name="places">Tumours of slices that are trained on.</param>
    /// <param name="samples">What is trained on.</param>
    /// <param name="size">Rows and columns of <see cref="Sample.Source"/>.</param>
    public TumorBlend(IReadOnlyList<TumorPlace> places, IReadOnlyList<Sample> samples, int size)
    {
        _size = size;
        _all = [.. places];
        _tumors = places.GroupBy(place => (place.Sample.Label, place.Symmetry.IsSymmetric)).ToDictionary(own => own.Key, own => own.ToArray());
        _byName = places.DistinctBy(place => place.Sample.Name).ToDictionary(place => place.Sample.Name);
        _healthy = samples.Where(sample => sample.Label == TumorClass.NoTumor && sample.Origin is SampleOrigin.Main or SampleOrigin.Volume)
            .GroupBy(sample => sample.Plane).ToDictionary(own => own.Key, own => own.ToArray());
    }

    /// <summary>The mask of a slice's tumour where one was found in it, or <see langword="null"/>.</summary>
    public byte[]? MaskOf(Sample sample) => _byName.TryGetValue(sample.Name, out var place) ? place.Mask : null;

    /// <summary>Puts a tumour into a slice.</summary>
    /// <param name="host">The slice.</param>
    /// <param name="view">Its pixels, changed.</param>
    /// <param name="mask">[size × size], all 0: gets 255 where the tumour is.</param>
    /// <param name="random">Chooses it.</param>
    /// <returns>Its class, or no tumour when the slice cannot have one.</returns>
    public TumorClass PutTumor(Sample host, Span<byte> view, Span<byte> mask, ref SeededRandom random)
    {
        var label = HostRules.Draw(host, ref random);
        if (!HostRules.CanHost(host))
        {
            return TumorClass.NoTumor;
        }

        if (label == TumorClass.Glioma && random.Chance(DiffuseGlioma))
        {
            return DiffuseMass.Put(view, mask, new HeadOutline(view, _size), _size, ref random) ? label : TumorClass.NoTumor;
        }

        if (Donor(label, HostRules.IsSymmetric(host), ref random) is not { } donor)
        {
            return TumorClass.NoTumor;
        }

        if (Plan(donor, view, ref random) is not { } plan)
        {
            return TumorClass.NoTumor;
        }

        Put(plan, view, size: 1, mask);
        return label;
    }

    /// <summary>Where and how a tumour would be put into a view; <see langword="null"/> where there is no room.</summary>
    public BlendPlan? Plan(TumorPlace donor, ReadOnlySpan<byte> view, ref SeededRandom random)
    {
        var outline = new HeadOutline(view, _size);
        var radius = Math.Clamp(donor.Radius * Math.Exp(random.Between(-0.5, 0.35)), SmallestRadius * _size, LargestRadius * _size);
        if (outline.BrainRadius < 1.6 * radius)
        {
            return null;
        }

        var patch = Place(donor, outline, radius, ref random);
        var around = BrainGreys.Around(view, _size, outline, patch.ToX, patch.ToY, radius);
        var gain = Gain(donor, BrainGreys.Spread(view, _size, outline), around, ref random);
        var halo = donor.Sample.Label != TumorClass.Pituitary && random.Chance(0.35) ? Halo.Random(radius, ref random) : (Halo?)null;
        return new BlendPlan(donor, patch, radius, around, gain, BlendEdge.Random(ref random), halo);
    }

    /// <summary>Carries out a plan.</summary>
    /// <param name="plan">For this view, or for a neighbouring slice.</param>
    /// <param name="view">The view.</param>
    /// <param name="size">1 for the section that was planned; smaller towards the ends of a mass.</param>
    /// <param name="mask">Gets 255 where the tumour is; may be empty.</param>
    public void Put(BlendPlan plan, Span<byte> view, double size, Span<byte> mask = default)
    {
        var outline = new HeadOutline(view, _size);
        var patch = plan.Patch with { Scale = plan.Patch.Scale * size, Reach = plan.Patch.Reach * size };
        if (plan.Halo is { } halo)
        {
            AddHalo(view, outline, patch, plan.Radius * size, halo);
        }

        Lay(plan.Donor.Sample.Source, plan.Donor.Mask, patch, patch, view, outline, (plan.Around, plan.Gain, plan.Donor.Around), plan.Edge, mask);
    }

    /// <summary>Puts healthy tissue of another slice, or of the other half, into a slice, as <see cref="PutTumor(Sample, Span{byte}, Span{byte}, ref SeededRandom)"/> puts a tumour.</summary>
    public void PutHealthy(Sample host, Span<byte> view, ref SeededRandom random)
    {
        var shape = _all[random.Below(_all.Length)];
        var outline = new HeadOutline(view, _size);
        var radius = Math.Clamp(shape.Radius * Math.Exp(random.Between(-0.5, 0.35)), SmallestRadius * _size, LargestRadius * _size);
        var mask = Place(shape, outline, radius, ref random);
        var pool = _healthy[host.Plane == HeadPlane.Unknown || !_healthy.ContainsKey(host.Plane) ? _healthy.Keys.Min() : host.Plane];
        var donor = random.Chance(0.3) ? host : pool[random.Below(pool.Length)];
        var mirrored = ReferenceEquals(donor, host) && HostRules.IsSymmetric(host);
        var from = new Patch(mirrored ? _size - 1 - mask.ToX : mask.ToX, mask.ToY, mask.ToX, mask.ToY, random.Between(0.85, 1.2), random.Between(-0.3, 0.3), mirrored, mask.Reach);
        var source = ReferenceEquals(donor, host) ? view.ToArray() : donor.Source;
        var donorOutline = new HeadOutline(source, _size);
        var around = BrainGreys.Around(view, _size, outline, mask.ToX, mask.ToY, radius);
        var donorAround = BrainGreys.Around(source, _size, donorOutline, from.FromX, from.FromY, radius);
        var gain = Math.Clamp(BrainGreys.Spread(view, _size, outline) / BrainGreys.Spread(source, _size, donorOutline), 0.5, 1.6) * random.Between(0.8, 1.1);
        Lay(source, shape.Mask, from, mask, view, outline, (around, gain, donorAround), BlendEdge.Random(ref random));
    }

    private TumorPlace? Donor(TumorClass label, bool symmetric, ref SeededRandom random)
    {
        if (!_tumors.TryGetValue((label, symmetric), out var donors) && !_tumors.TryGetValue((label, !symmetric), out donors))
        {
            return null;
        }

        return donors[random.Below(donors.Length)];
    }

    // About where the donor has it; gliomas within the brain, most meningiomas at its edge.
    private Patch Place(TumorPlace donor, HeadOutline outline, double radius, ref SeededRandom random)
    {
        var mirrored = donor.Symmetry.IsSymmetric && random.Chance(0.5);
        var wander = _size * (donor.Sample.Label == TumorClass.Pituitary ? 0.025 : 0.08);
        var x = (mirrored ? _size - 1 - donor.CenterX : donor.CenterX) - outline.Center + (wander * random.NextNormal());
        var y = donor.CenterY - outline.Center + (wander * random.NextNormal());
        var (angle, distance) = (Math.Atan2(y, x), Math.Sqrt((x * x) + (y * y)));
        var most = outline.Brain(angle) - (0.9 * radius);
        distance = donor.Sample.Label switch
        {
            TumorClass.Meningioma when random.Chance(0.6) => most,
            TumorClass.Glioma => Math.Min(distance, most * random.Between(0.75, 1)),
            _ => Math.Min(distance, most),
        };
        return new Patch(
            donor.CenterX,
            donor.CenterY,
            outline.Center + (float)(distance * Math.Cos(angle)),
            outline.Center + (float)(distance * Math.Sin(angle)),
            radius / donor.Radius,
            random.Between(-0.6, 0.6),
            mirrored,
            2.2 * radius);
    }

    // The contrast of the host's own tissues, bright or, on other sequences, dark; never so weak that nobody would see it.
    private static double Gain(TumorPlace donor, float spread, float around, ref SeededRandom random)
    {
        var gain = Math.Clamp(spread / donor.Spread, 0.4, 3) * random.Between(0.5, 1.2);
        var contrast = Math.Max(12, Math.Abs(donor.Contrast));
        gain = Math.Clamp(gain, LeastContrast / contrast, MostContrast / contrast);
        var dark = donor.Sample.Label == TumorClass.Pituitary ? 0.12 : 0.25;

        // There must be room for it above or below the greys around.
        var isDark = random.Chance(dark);
        return around > 190 || (around > 60 && isDark) ? -gain : gain;
    }

    private void AddHalo(Span<byte> view, HeadOutline outline, Patch patch, double radius, Halo halo)
    {
        var (strength, width, stretchX, stretchY) = halo;
        var reach = radius + (2 * width);
        ForEach(patch, reach, (x, y, at, pixels, _) =>
        {
            var (dx, dy) = ((x - patch.ToX) * stretchX, (y - patch.ToY) * stretchY);
            var beyond = Math.Max(0, Math.Sqrt((dx * dx) + (dy * dy)) - radius) / width;
            var inside = Math.Clamp((0.97 - outline.BrainPart(x, y)) / 0.05, 0, 1);
            pixels[at] = (byte)Math.Clamp(pixels[at] + (strength * inside * Math.Exp(-beyond * beyond)), 0, 255);
        }, view, default);
    }

    private void Lay(
        byte[] source, byte[] mask, Patch from, Patch shape, Span<byte> view, HeadOutline outline, (float Around, double Gain, float From) tone, BlendEdge edge, Span<byte> laid = default)
    {
        var (low, high, texture) = edge;
        ForEach(shape, shape.Reach, (x, y, at, pixels, covered) =>
        {
            var (maskX, maskY) = shape.Source(x, y);
            var alpha = Math.Clamp(((Patch.Sample(mask, _size, maskX, maskY) / 255.0) - low) / (high - low), 0, 1)
                * Math.Clamp((1.04 - outline.BrainPart(x, y)) / 0.05, 0, 1);
            if (alpha <= 0)
            {
                return;
            }

            if (!covered.IsEmpty && alpha >= 0.5)
            {
                covered[at] = 255;
            }

            var (sourceX, sourceY) = from.Source(x, y);
            var grey = tone.Around + (tone.Gain * (Patch.Sample(source, _size, sourceX, sourceY) - tone.From)) + (texture * (pixels[at] - tone.Around));
            pixels[at] = (byte)Math.Clamp(pixels[at] + (alpha * (Math.Clamp(grey, 12, 255) - pixels[at])), 0, 255);
        }, view, laid);
    }

    private void ForEach(Patch patch, double reach, PixelAction action, Span<byte> view, Span<byte> mask)
    {
        var (left, right) = ((int)Math.Max(0, patch.ToX - reach), (int)Math.Min(_size - 1, patch.ToX + reach));
        var (top, bottom) = ((int)Math.Max(0, patch.ToY - reach), (int)Math.Min(_size - 1, patch.ToY + reach));
        for (var y = top; y <= bottom; y++)
        {
            for (var x = left; x <= right; x++)
            {
                action(x, y, (y * _size) + x, view, mask);
            }
        }
    }

    private delegate void PixelAction(int x, int y, int at, Span<byte> pixels, Span<byte> mask);
}
