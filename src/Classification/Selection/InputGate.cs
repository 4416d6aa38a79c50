using System.Collections.Immutable;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Classification.Selection;

/// <summary>Decides from the headers of a series whether it is analysed, and orders its slices.</summary>
internal static class InputGate
{
    /// <summary>Fewest positions that can show evidence in three dimensions.</summary>
    public const int FewestSlices = 8;

    // Directions closer than this are one stack: scanners print the cosines with as few as six digits.
    private const double SameDirection = 0.999;

    // Slices closer than this are at the same position.
    private const double SamePosition = 0.01;

    // More stacks than this in one series are no stack at all; it also bounds the work that a hostile series can ask for.
    private const int MostStacks = 64;

    // Positions that carry several slices: above this fraction of all it is a series over time, below it a few repeats.
    private const double MostRepeated = 0.2;

    // An image that is taken before and after contrast agent has a few temporal positions; more are a series over time.
    private const int MostTemporalPositions = 3;

    /// <summary>Looks at a series.</summary>
    /// <param name="slices">The headers of all its slices, in any order; the result does not depend on it.</param>
    public static SeriesSelection Select(IReadOnlyList<SliceHeader> slices)
    {
        var ordered = slices
            .OrderBy(slice => slice.ImageUid, StringComparer.Ordinal)
            .ThenBy(slice => slice.ImageFrame)
            .ThenBy(slice => slice.Source)
            .ToArray();
        var leftOut = new List<LeftOutSlice>();
        var images = Images(ordered, leftOut);
        var refusal = Refusal(ordered, images, leftOut);
        if (refusal is null)
        {
            var stack = Stack(images, leftOut, out refusal);
            if (refusal is null)
            {
                return new SeriesSelection(null, stack, [.. leftOut], stack.Min(slice => SequencePreferences.Of(slice.Header)));
            }
        }

        return new SeriesSelection(refusal, [], [.. ordered.Select(slice => new LeftOutSlice(slice, refusal))], SequencePreference.Other);
    }

    private static List<SliceHeader> Images(SliceHeader[] slices, List<LeftOutSlice> leftOut)
    {
        var images = new List<SliceHeader>();
        var seen = new HashSet<(string, long)>();
        foreach (var slice in slices)
        {
            if (!IsMr(slice))
            {
                leftOut.Add(new LeftOutSlice(slice, IsOwn(slice) ? ReasonCodes.OwnResult : ReasonCodes.NotMr.With($"SOP Class {slice.SopClassUid}")));
            }
            else if (!seen.Add((slice.ImageUid, slice.ImageFrame)))
            {
                leftOut.Add(new LeftOutSlice(slice, ReasonCodes.Duplicate.With("the same SOP Instance UID")));
            }
            else if (SequenceCheck.OfFrame(slice) is { } reason)
            {
                leftOut.Add(new LeftOutSlice(slice, reason));
            }
            else
            {
                images.Add(slice);
            }
        }

        return images;
    }

    private static FindingReason? Refusal(SliceHeader[] all, List<SliceHeader> images, List<LeftOutSlice> leftOut)
    {
        if (images.Count == 0 && leftOut.FirstOrDefault(slice => IsMr(slice.Header)) is { Reason: { } frames })
        {
            return frames;
        }

        if (images.Count == 0)
        {
            return all.Any(IsOwn) ? ReasonCodes.OwnResult
                : ReasonCodes.NotMr.With(all.Length == 0 ? "no instances" : $"Modality {all[0].Modality}, SOP Class {all[0].SopClassUid}");
        }

        if (images.FirstOrDefault(slice => slice.SamplesPerPixel != 1) is { } color)
        {
            return ReasonCodes.Color.With(FormattableString.Invariant($"{color.SamplesPerPixel} samples per pixel"));
        }

        if (BodyPartCheck.OtherPart(images[0]) is { } part)
        {
            return ReasonCodes.BodyPart.With(part);
        }

        var times = images.Select(slice => slice.Kind.TemporalPosition).Distinct().Count();
        if (times > MostTemporalPositions)
        {
            return ReasonCodes.Functional.With(FormattableString.Invariant($"{times} temporal positions"));
        }

        // Any slice decides: a diffusion series has unweighted slices too.
        return images.Select(SequenceCheck.Refusal).FirstOrDefault(reason => reason is not null);
    }

    private static ImmutableArray<StackSlice> Stack(List<SliceHeader> images, List<LeftOutSlice> leftOut, out FindingReason? refusal)
    {
        refusal = null;
        var placed = images.Where(IsPlaced).ToList();
        leftOut.AddRange(images.Where(slice => !IsPlaced(slice)).Select(slice => new LeftOutSlice(slice, ReasonCodes.NotInStack.With("no position or orientation"))));
        if (placed.Count == 0)
        {
            refusal = images.Count < FewestSlices ? TooFew(images.Count) : ReasonCodes.Geometry.With("no position or orientation");
            return [];
        }

        var stacks = Stacks(placed);
        if (stacks.Count > MostStacks)
        {
            refusal = ReasonCodes.Geometry.With(FormattableString.Invariant($"more than {MostStacks} orientations or matrices"));
            return [];
        }

        var largest = stacks.OrderByDescending(Positions)
            .ThenByDescending(stack => stack[0].Kind.AgentAdministered == true)
            .ThenBy(stack => SequencePreferences.ByContrast(stack[0]) ?? SequencePreference.Other)
            .ThenBy(stack => stack[0].EchoTime ?? 0)
            .ThenBy(stack => stack[0].Kind.TemporalPosition ?? 0)
            .First();
        var positions = Positions(largest);
        if (positions < FewestSlices)
        {
            // Three planes of a few slices are a localizer, whatever it is called.
            refusal = Directions(stacks) >= 2 ? ReasonCodes.Localizer.With("few slices in several orientations")
                : stacks.Count >= FewestSlices ? ReasonCodes.Geometry.With(FormattableString.Invariant($"{stacks.Count} orientations or matrices"))
                : TooFew(positions);
            return [];
        }

        leftOut.AddRange(stacks.Where(stack => stack != largest).SelectMany(stack => stack)
            .Select(slice => new LeftOutSlice(slice, ReasonCodes.NotInStack.With("another orientation, stack, echo, time, kind or matrix"))));
        return Order(largest, leftOut, out refusal);
    }

    private static ImmutableArray<StackSlice> Order(List<SliceHeader> slices, List<LeftOutSlice> leftOut, out FindingReason? refusal)
    {
        refusal = null;
        var normal = Normal(slices[0]);
        var stack = ImmutableArray.CreateBuilder<StackSlice>();
        var repeated = new List<LeftOutSlice>();
        var byPosition = slices.Select(slice => new StackSlice(slice, Along(slice, normal)))
            .OrderBy(slice => slice.Position)
            .ThenByDescending(slice => slice.Header.InstanceNumber ?? 0)
            .ThenBy(slice => slice.Header.ImageUid, StringComparer.Ordinal)
            .ThenBy(slice => slice.Header.ImageFrame);
        foreach (var slice in byPosition)
        {
            if (stack.Count > 0 && slice.Position - stack[^1].Position < SamePosition)
            {
                repeated.Add(new LeftOutSlice(slice.Header, ReasonCodes.Duplicate.With("the same position as another slice")));
            }
            else
            {
                stack.Add(slice);
            }
        }

        if (repeated.Count > MostRepeated * stack.Count)
        {
            refusal = ReasonCodes.Functional.With(FormattableString.Invariant($"{slices.Count} slices at {stack.Count} positions"));
            return [];
        }

        leftOut.AddRange(repeated);
        return stack.ToImmutable();
    }

    private static List<List<SliceHeader>> Stacks(List<SliceHeader> slices)
    {
        var stacks = new List<List<SliceHeader>>();
        foreach (var slice in slices)
        {
            var own = stacks.FirstOrDefault(stack => SameStack(stack[0], slice));
            if (own is not null)
            {
                own.Add(slice);
            }
            else if (stacks.Count <= MostStacks)
            {
                stacks.Add([slice]);
            }
        }

        return stacks;
    }

    private static bool SameStack(SliceHeader a, SliceHeader b) =>
        a.Rows == b.Rows && a.Columns == b.Columns && Nullable.Equals(a.EchoTime, b.EchoTime) && a.ImageType.SequenceEqual(b.ImageType) && a.Kind == b.Kind
        && Cosine(a.Orientation, b.Orientation, 0) > SameDirection && Cosine(a.Orientation, b.Orientation, 3) > SameDirection;

    private static int Positions(List<SliceHeader> stack)
    {
        var normal = Normal(stack[0]);
        var positions = stack.Select(slice => Along(slice, normal)).Order().ToArray();
        return positions.Length == 0 ? 0 : 1 + positions.Zip(positions.Skip(1)).Count(pair => pair.Second - pair.First >= SamePosition);
    }

    private static int Directions(List<List<SliceHeader>> stacks)
    {
        var normals = new List<double[]>();
        foreach (var normal in stacks.Select(stack => Normal(stack[0])))
        {
            if (!normals.Any(other => Math.Abs(Dot(normal, other)) > 0.9))
            {
                normals.Add(normal);
            }
        }

        return normals.Count;
    }

    private static bool IsMr(SliceHeader slice) =>
        slice.Modality == "MR" && (slice.SopClassUid == DicomUid.MRImageStorage.Value || slice.SopClassUid == DicomUid.EnhancedMRImageStorage.Value
            || slice.SopClassUid == DicomUid.LegacyConvertedEnhancedMRImageStorage.Value);

    // A destination may route what it gets back to where images go: that must not become a circle.
    private static bool IsOwn(SliceHeader slice) => !IsMr(slice) && OwnEquipment.Is(slice.Manufacturer, slice.ManufacturerModelName);

    private static bool IsPlaced(SliceHeader slice) =>
        slice.Position.Length == 3 && slice.Orientation.Length == 6
        && Math.Abs(Length(slice.Orientation, 0) - 1) < 0.05 && Math.Abs(Length(slice.Orientation, 3) - 1) < 0.05 && Dot(Normal(slice), Normal(slice)) > 0.9;

    private static FindingReason TooFew(int count) =>
        ReasonCodes.TooFewSlices.With(FormattableString.Invariant($"{count} of at least {FewestSlices}"));

    private static double[] Normal(SliceHeader slice)
    {
        var o = slice.Orientation;
        return [(o[1] * o[5]) - (o[2] * o[4]), (o[2] * o[3]) - (o[0] * o[5]), (o[0] * o[4]) - (o[1] * o[3])];
    }

    private static double Along(SliceHeader slice, double[] normal) => Dot([.. slice.Position], normal);

    private static double Dot(double[] a, double[] b) => (a[0] * b[0]) + (a[1] * b[1]) + (a[2] * b[2]);

    private static double Length(ImmutableArray<double> o, int at) => Math.Sqrt((o[at] * o[at]) + (o[at + 1] * o[at + 1]) + (o[at + 2] * o[at + 2]));

    private static double Cosine(ImmutableArray<double> a, ImmutableArray<double> b, int at) =>
        (a[at] * b[at]) + (a[at + 1] * b[at + 1]) + (a[at + 2] * b[at + 2]);
}
