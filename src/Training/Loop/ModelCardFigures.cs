using System.Globalization;
using System.Text;
using BrainTumorDicom.Training.Evaluation;

namespace BrainTumorDicom.Training.Loop;

/// <summary>The parts of MODEL_CARD.md that come from the evaluation on held-out slices, and the limits that every model here has.</summary>
internal static class ModelCardFigures
{
    /// <summary>Figures with intervals, tumour or none, sub-groups, and what the missed slices have in common.</summary>
    public static void Write(StringBuilder text, DetailedEvaluation detailed)
    {
        var scheme = detailed.Scheme;
        Line(text, $"With 95 % confidence intervals, by drawing whole groups ({detailed.Groups}) 1,000 times:");
        Line(text, $"");
        Line(text, $"| class | recall | precision | F1 |");
        Line(text, $"|---|---|---|---|");
        for (var k = 0; k < scheme.Count; k++)
        {
            Line(text, $"| {scheme.Labels[k]} | {detailed.Recall[k].Percent} | {detailed.Precision[k].Percent} | {detailed.F1[k].Percent} |");
        }

        Line(text, $"| mean | {detailed.BalancedAccuracy.Percent} | | {detailed.MacroF1.Percent} |");
        Line(text, $"");
        Line(text, $"Accuracy {detailed.Accuracy.Percent}, expected calibration error {detailed.CalibrationError.Percent}, log loss {detailed.LogLoss:F4}. Tumour or none: sensitivity {detailed.Binary.Sensitivity.Percent}, specificity {detailed.Binary.Specificity.Percent}, area under the curve {detailed.Binary.Auc:F4}. Outside the input gate: {detailed.OutsideGate} of {detailed.Count}.");
        Line(text, $"");
        Line(text, $"| sub-group | slices | accuracy |{string.Concat(scheme.Labels.Select(label => $" recall {label} |"))}");
        Line(text, $"|---|---|---|{string.Concat(scheme.Labels.Select(_ => "---|"))}");
        foreach (var part in detailed.Subgroups)
        {
            var recall = string.Concat(part.Recall.Select(value => double.IsFinite(value) ? FormattableString.Invariant($" {value:P1} |") : " - |"));
            Line(text, $"| {part.Kind}: {part.Name} | {part.Count} | {part.Accuracy.Percent} |{recall}");
        }

        Line(text, $"");
        foreach (var pattern in detailed.Patterns)
        {
            Line(text, $"{pattern.Text}");
            Line(text, $"");
        }
    }

    /// <summary>What the model was never shown.</summary>
    public static void WriteLimits(StringBuilder text)
    {
        Line(text, $"## Limits");
        Line(text, $"");
        Line(text, $"Never shown, or hardly: metastases, lymphoma, abscess, haemorrhage and every disease other than the three tumours (they come out as notumor or as one of the tumours); heads after an operation or radiotherapy; children; implants and strong artefacts. \"notumor\" does not mean healthy.");
        Line(text, $"");
        Line(text, $"The public slice sets show tumours in a few sequences and planes, and slices without tumour from other scanners: good figures on slices do not carry over to whole series by themselves. Slices near the skull base and the top of the head, sequences other than T1 with contrast, and skull-stripped heads are weakly covered.");
    }

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
