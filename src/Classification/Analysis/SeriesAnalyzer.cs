using System.Collections.Immutable;
using BrainTumorDicom.Classification.Execution;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Classification.Folding;
using BrainTumorDicom.Classification.Model;
using BrainTumorDicom.Classification.Selection;
using BrainTumorDicom.Slices.Conversion;

namespace BrainTumorDicom.Classification.Analysis;

/// <summary>Analyses one series: gate by headers, gate by pixels, slices, rule.</summary>
internal sealed class SeriesAnalyzer(Classifier classifier, IReadOnlyList<InstanceSource> sources)
{
    // Cross sections of a head in mm², with room for children, small fields of view, necks, and pixels whose size nobody stated: no more than a check of sanity.
    private const double SmallestSection = 4000;
    private const double LargestSection = 250_000;

    private ModelManifest Manifest => classifier.Package.Manifest;

    /// <summary>Analyses a series whose headers were selected.</summary>
    /// <param name="headers">All its slices; at least one.</param>
    /// <param name="selection">What the gate said of them.</param>
    /// <param name="classified">Told of each slice classified.</param>
    /// <param name="cancellationToken">Stops between slices.</param>
    public SeriesFinding Analyze(IReadOnlyList<SliceHeader> headers, SeriesSelection selection, Action classified, CancellationToken cancellationToken)
    {
        var leftOut = selection.LeftOut.ToList();
        if (selection.Refusal is not null)
        {
            return Ended(headers, leftOut, Disposition.Refused, selection.Refusal);
        }

        var (stack, pixels) = Readable(selection.Stack, leftOut, cancellationToken);
        if (stack.Length < InputGate.FewestSlices)
        {
            // The reason of the first unreadable slice says more than a count.
            var unreadable = leftOut.Select(slice => slice.Reason).FirstOrDefault(reason => reason.Code == ReasonCodes.Unreadable.Code);
            return Refused(unreadable ?? ReasonCodes.TooFewSlices);
        }

        var range = DisplayRange.OfSeries(pixels, Manifest.Preprocessing);
        if (!(range.High > range.Low))
        {
            return Refused(ReasonCodes.NotAHead.With("blank"));
        }

        var boxes = pixels.Select(slice => HeadBox.Find(slice, range, Manifest.Preprocessing)).ToArray();
        var largest = boxes.Max(box => box.AreaSquareMillimetres);
        if (largest is < SmallestSection or > LargestSection)
        {
            return Refused(ReasonCodes.NotAHead.With(FormattableString.Invariant($"largest section {largest / 100:F0} cm²")));
        }

        var slices = Classify(stack, pixels, range, boxes, largest * Manifest.Rule.MinimumHeadFraction, classified, cancellationToken);
        return Fold(headers, slices, leftOut, range, selection.Preference) with { Weighting = selection.Preference.Describe() };

        SeriesFinding Refused(FindingReason reason) =>
            Ended(headers, [.. leftOut, .. stack.Select(slice => new LeftOutSlice(slice.Header, reason))], Disposition.Refused, reason);
    }

    /// <summary>A series that ended without an analysis.</summary>
    public static SeriesFinding Ended(IReadOnlyList<SliceHeader> headers, IReadOnlyList<LeftOutSlice> leftOut, Disposition disposition, FindingReason reason) =>
        Series(headers[0], disposition, reason, null, [], [.. leftOut.Select(LeftOut)], []);

    private (ImmutableArray<StackSlice> Stack, SeriesPixels Pixels) Readable(
        ImmutableArray<StackSlice> stack, List<LeftOutSlice> leftOut, CancellationToken cancellationToken)
    {
        var pixels = new SeriesPixels(sources, stack);
        var readable = ImmutableArray.CreateBuilder<StackSlice>(stack.Length);
        for (var i = 0; i < stack.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                _ = pixels[i];
                readable.Add(stack[i]);
            }
            catch (Exception error) when (InputErrors.IsOfInput(error))
            {
                leftOut.Add(new LeftOutSlice(stack[i].Header, ReasonCodes.Unreadable.With(InputErrors.Describe(error))));
            }
        }

        return readable.Count == stack.Length ? (stack, pixels) : (readable.ToImmutable(), new SeriesPixels(sources, readable.ToImmutable()));
    }

    private AnalysedSlice[] Classify(
        ImmutableArray<StackSlice> stack, SeriesPixels pixels, DisplayRange range, HeadBox[] boxes, double smallest, Action classified, CancellationToken cancellationToken)
    {
        var length = Manifest.Preprocessing.Size * Manifest.Preprocessing.Size;
        var inputs = new float[Classifier.BatchSize * length];
        var slices = stack.Select((slice, i) => new AnalysedSlice(slice, boxes[i])).ToArray();
        foreach (var slice in slices.Where(slice => slice.Box.AreaSquareMillimetres < smallest))
        {
            slice.LeftOut = ReasonCodes.EdgeOfHead;
        }

        foreach (var batch in Enumerable.Range(0, slices.Length).Where(i => slices[i].LeftOut is null).Chunk(Classifier.BatchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();

            // Taken once: a slice that is not kept is read again each time.
            var read = Array.ConvertAll(batch, i => pixels[i]);
            for (var i = 0; i < batch.Length; i++)
            {
                SliceConverter.Convert(read[i], range, boxes[batch[i]], Manifest.Preprocessing, inputs.AsSpan(i * length, length));
            }

            var outputs = classifier.Run(inputs.AsMemory(0, batch.Length * length), batch.Length);
            for (var i = 0; i < batch.Length; i++)
            {
                slices[batch[i]].Take(outputs[i], inputs.AsSpan(i * length, length), read[i], Manifest);
                classified();
            }
        }

        return slices;
    }

    private SeriesFinding Fold(IReadOnlyList<SliceHeader> headers, AnalysedSlice[] slices, List<LeftOutSlice> leftOut, DisplayRange range, SequencePreference weighting)
    {
        var analysed = slices.Where(slice => slice.Output is not null && slice.LeftOut is null).ToArray();
        var classified = slices.Count(slice => slice.Output is not null);
        var empty = slices.Count(slice => slice.Output is { } output && (output.IsNonHead || slice.CentralTissue < Manifest.Rule.MinimumCentralTissue));
        if (empty > Manifest.Rule.MaximumUnlikeFraction * classified)
        {
            var reason = ReasonCodes.NotAHead.With(FormattableString.Invariant($"no brain in {empty} of {classified} slices"));
            return Series(headers[0], Disposition.Refused, reason, null, [], [.. slices.Select(slice => slice.ToFinding()), .. leftOut.Select(LeftOut)], []);
        }

        var unlike = classified - analysed.Length;
        var answer = SeriesRule.Fold([.. analysed.Select(slice => slice.Evidence)], Manifest.Rule);
        if (unlike > Manifest.Rule.MaximumUnlikeFraction * classified)
        {
            var reason = ReasonCodes.UnlikeTraining.With(FormattableString.Invariant($"{unlike} of {classified} slices"));
            answer = new SeriesAnswer(Disposition.Abstained, reason, null, answer.Probabilities, []);
        }

        if (answer.Disposition == Disposition.NoTargetTumor && Manifest.Rule.SensitiveWeightings is { IsEmpty: false } sensitive && !sensitive.Contains(weighting.Code()))
        {
            answer = answer with { Disposition = Disposition.Abstained, Class = null, Reason = ReasonCodes.Weighting.With(weighting.Describe()) };
        }

        return Series(
            headers[0],
            answer.Disposition,
            answer.Reason,
            answer.Class,
            answer.Probabilities,
            [.. slices.Select(slice => slice.ToFinding()), .. leftOut.Select(LeftOut)],
            [.. answer.Carrying.Select(i => answer.Class is { } value ? analysed[i].ToFinding(value, range) : analysed[i].ToFinding())]);
    }

    private static SeriesFinding Series(
        SliceHeader first, Disposition disposition, FindingReason? reason, TumorClass? @class, ImmutableArray<double> probabilities,
        ImmutableArray<SliceFinding> slices, ImmutableArray<SliceFinding> carrying) => new(
            first.SeriesInstanceUid,
            first.FrameOfReferenceUid,
            first.SeriesNumber,
            first.Modality,
            disposition,
            reason,
            @class,
            probabilities,
            slices,
            carrying);

    private static SliceFinding LeftOut(LeftOutSlice slice) => new(
        slice.Header.SopClassUid, slice.Header.SopInstanceUid, slice.Header.FrameNumber, slice.Header.InstanceNumber, null, [], slice.Reason);
}
