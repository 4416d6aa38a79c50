using BrainTumorDicom.Classification.Execution;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Classification.Folding;
using BrainTumorDicom.Classification.Model;
using BrainTumorDicom.Classification.Selection;
using BrainTumorDicom.Slices.Conversion;

namespace BrainTumorDicom.Classification.Analysis;

/// <summary>One slice on its way through the analysis.</summary>
internal sealed class AnalysedSlice(StackSlice slice, HeadBox box)
{
    // The network's input in the slice, in pixels: a square in mm around the middle of the head.
    private (double Height, double Width) square;

    /// <summary>Where the head is in it.</summary>
    public HeadBox Box => box;

    /// <summary>Why it takes no part, or <see langword="null"/>.</summary>
    public FindingReason? LeftOut { get; set; }

    /// <summary>What the network said; <see langword="null"/> when it was not asked.</summary>
    public SliceOutput? Output { get; private set; }

    /// <summary>What it says, for the rule.</summary>
    public SliceEvidence Evidence { get; private set; }

    /// <summary>Median of the input in the middle of the head.</summary>
    public float CentralTissue { get; private set; }

    /// <summary>Takes the network's output, and leaves the slice out when it is unlike the training slices.</summary>
    public void Take(SliceOutput output, ReadOnlySpan<float> input, SlicePixels pixels, ModelManifest manifest)
    {
        Output = output;
        CentralTissue = Analysis.CentralTissue.Median(input, manifest.Preprocessing.Size);
        LeftOut = Unlike(output, CentralTissue, manifest);

        // The network's input is a square around the middle of the head: back from it to mm in the slice.
        var side = Math.Max(box.Height * pixels.RowSpacing, box.Width * pixels.ColumnSpacing) * (1 + (2 * manifest.Preprocessing.CropMargin));
        square = (side / pixels.RowSpacing, side / pixels.ColumnSpacing);
        var (row, column) = output.AttentionCentre(LeadingTumor(output));
        Evidence = new SliceEvidence(
            slice.Position,
            output.Probabilities,
            ((box.Top + (box.Height / 2.0)) * pixels.RowSpacing) + ((row - 0.5) * side),
            ((box.Left + (box.Width / 2.0)) * pixels.ColumnSpacing) + ((column - 0.5) * side));
    }

    /// <summary>The slice as findings show it.</summary>
    public SliceFinding ToFinding()
    {
        var shown = LeftOut is null ? Output : null;
        var (row, column) = shown?.AttentionCentre(shown.Leading) ?? (double.NaN, double.NaN);
        var header = slice.Header;
        return new SliceFinding(
            header.SopClassUid, header.SopInstanceUid, header.FrameNumber, header.InstanceNumber, slice.Position,
            shown?.Probabilities ?? [], LeftOut, row, column);
    }

    /// <summary>The slice as one that carries the answer: with its attention map.</summary>
    /// <param name="answer">The class of the answer.</param>
    /// <param name="range">The display range of the series.</param>
    public SliceFinding ToFinding(TumorClass answer, DisplayRange range) => Output is not { } output ? ToFinding() : ToFinding() with
    {
        Attention = new AttentionMap(
            answer,
            output.AttentionHeight,
            output.AttentionWidth,
            [.. output.AttentionOf(answer)],
            box.Top + ((box.Height - square.Height) / 2),
            box.Left + ((box.Width - square.Width) / 2),
            square.Height,
            square.Width,
            range),
    };

    /// <summary>Why a slice is unlike the training slices, or <see langword="null"/>.</summary>
    public static FindingReason? Unlike(SliceOutput output, float centralTissue, ModelManifest manifest) =>
        output.IsNonHead ? ReasonCodes.NotAHead.With("looks like something else than a slice of a head")
        : centralTissue < manifest.Rule.MinimumCentralTissue
            ? ReasonCodes.UnlikeTraining.With(FormattableString.Invariant($"middle at {centralTissue:F2} of the display range, at least {manifest.Rule.MinimumCentralTissue}"))
        : output.Distance > manifest.Gate.Threshold
            ? ReasonCodes.UnlikeTraining.With(FormattableString.Invariant($"distance {output.Distance:F1}, at most {manifest.Gate.Threshold:F1}"))
        : null;

    private static TumorClass LeadingTumor(SliceOutput output)
    {
        ReadOnlySpan<TumorClass> tumors = [TumorClass.Meningioma, TumorClass.Pituitary];
        var leading = TumorClass.Glioma;
        foreach (var tumor in tumors)
        {
            leading = output.Logits[(int)tumor] > output.Logits[(int)leading] ? tumor : leading;
        }

        return leading;
    }
}
