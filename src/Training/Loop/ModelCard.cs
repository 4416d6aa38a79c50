using System.Globalization;
using System.Text;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Classification.Model;
using BrainTumorDicom.Training.Data;
using BrainTumorDicom.Training.Evaluation;

namespace BrainTumorDicom.Training.Loop;

/// <summary>Writes MODEL_CARD.md from a training.</summary>
internal static class ModelCard
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "MODEL_CARD.md";

    /// <summary>The whole text.</summary>
    public static string Write(TrainingReport report, ModelManifest manifest, int bytes, DetailedEvaluation detailed)
    {
        var text = new StringBuilder();
        var (options, evaluation) = (report.Options, report.Evaluation);
        Line(text, $"# {manifest.Name} {manifest.Version}");
        Line(text, $"");
        Line(text, $"{manifest.IntendedUse}");
        Line(text, $"");
        Line(text, $"- Classes: {string.Join(", ", manifest.Labels)}");
        Line(text, $"- Input: one slice, {manifest.Preprocessing.Size} x {manifest.Preprocessing.Size}; outputs: logits, attention (class activation maps), features");
        Line(text, $"- Network: {options.Network.Describe()}; {bytes / 1e6:F1} MB, trained from {options.Network.Origin}");
        Line(text, $"- SHA-256 of model.onnx: `{manifest.Sha256}`");
        Line(text, $"- Licence: {manifest.License}");
        WriteData(text, report);
        WriteTraining(text, report);
        Line(text, $"## Figures");
        Line(text, $"");
        var validated = report.Options.Validation > 0;
        Line(text, $"Slice by slice, on groups that training never saw. Temperature {evaluation.Temperature:F3}, fitted on the {(validated ? "validation" : "held-out")} slices of the main set; expected calibration error {evaluation.UncalibratedError:P2} before it, {evaluation.HeldOut.ExpectedCalibrationError:P2} after.");
        Line(text, $"");
        WriteFigures(text, "Held out, main set", evaluation.HeldOut, report.Options.Scheme.Labels);
        ModelCardFigures.Write(text, detailed);
        WriteFigures(text, "Held out, further sets", evaluation.HeldOutAlso, report.Options.Scheme.Labels);
        WriteFigures(text, "Held out, phantoms", evaluation.HeldOutPhantoms, report.Options.Scheme.Labels);
        WriteFigures(text, "Trained on (without augmentation)", evaluation.Train, report.Options.Scheme.Labels);
        Line(text, validated
            ? (FormattableString)$"The validation slices decided when to stop and fitted the temperature and the input gate (distance up to {evaluation.Gate.Threshold:F2}; distance and direction are each passed by {GateStatistics.Accepted:P1} of them); the held-out ones had no part in the training. Where settings were chosen with earlier figures on them in sight, take them as slightly too good."
            : $"The held-out slices also served to fit the temperature and the input gate (distance up to {evaluation.Gate.Threshold:F2}; distance and direction are each passed by {GateStatistics.Accepted:P1} of them), and the settings of a training are chosen with earlier figures on them in sight: take them as slightly too good.");
        Line(text, $"");
        ModelCardFigures.WriteLimits(text);
        return text.ToString();
    }

    /// <summary>How the card and the manifest call the slices of one origin.</summary>
    public static string NameOf(SampleOrigin origin, TrainingOptions options) => origin switch
    {
        SampleOrigin.Main => "main set " + Path.GetFileName(Path.TrimEndingDirectorySeparator(options.Folder)),
        SampleOrigin.Also => "further sets " + string.Join(", ", options.Also.Select(folder => Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)))),
        SampleOrigin.Volume => "volumes",
        _ => "phantoms",
    };

    private static void WriteData(StringBuilder text, TrainingReport report)
    {
        Line(text, $"");
        Line(text, $"## Data");
        Line(text, $"");
        Line(text, $"| from | class | slices trained on | groups | validation | groups | held out | groups |");
        Line(text, $"|---|---|---|---|---|---|---|---|");
        foreach (var count in report.Counts)
        {
            Line(text, $"| {NameOf(count.Origin, report.Options)} | {count.Label.Label()} | {count.Train} | {count.TrainGroups} | {count.Validation} | {count.ValidationGroups} | {count.HeldOut} | {count.HeldOutGroups} |");
        }

        Line(text, $"");
        Line(text, $"Groups (copies, near copies, one patient, one series) are never parted: {(report.Options.GroupsFile is { } table ? $"those of {Path.GetFileName(table)}, and exact copies" : "found by difference hashes, likeness and file numbers")}. No group is on both sides of the split ({report.SharedGroups} found). {report.Skipped.Length} files could not be read.");
        if (report.Options.HeldOutSources.Length > 0)
        {
            Line(text, $"Never shown, to test on: {string.Join(", ", report.Options.HeldOutSources)} of the volumes.");
        }

        if (report.Options.PhantomsPerClass > 0)
        {
            Line(text, $"The phantoms are synthetic heads with seeds from {PhantomSamples.FirstSeed} on; a good answer on a phantom shows that the path works, not that the model is good.");
        }
    }

    private static void WriteTraining(StringBuilder text, TrainingReport report)
    {
        var options = report.Options;
        Line(text, $"");
        Line(text, $"## Training");
        Line(text, $"");
        Line(text, $"{report.EpochsDone} epochs of {report.StepsPerEpoch} steps, the weights of epoch {report.BestEpoch}; batch {options.Batch}, seed {options.Seed}; {options.Schedule.Optimizer} with a peak learning rate of {options.LearningRate} ({options.Schedule.Kind}), weight decay {options.WeightDecay}, label smoothing {options.LabelSmoothing}, {(options.Regularization.ClassWeights ? "class weights" : "no class weights")}, {(options.Regularization.AverageDecay > 0 ? "averaged weights" : "last weights")}{(options.Regularization.Mixup > 0 ? FormattableString.Invariant($", mixup {options.Regularization.Mixup}") : "")}. Of the slices of further sets at most {EpochPlan.Share:P0} as many as of the main set are shown in an epoch, of phantoms {EpochPlan.PhantomShare:P0}, of whole heads {EpochPlan.VolumeShare:P0}.");
        if (options.PlainEpochs > 0)
        {
            Line(text, $"The first {options.PlainEpochs} epochs showed the main set alone.");
        }

        if (options.SmallEpochs > 0)
        {
            Line(text, $"The first {options.SmallEpochs} epochs showed slices of {options.SizeOf(0)} x {options.SizeOf(0)}.");
        }

        Line(text, $"Augmentation ({options.Augmentation.Level}{(options.Augmentation.StrongerClasses.IsEmpty ? "" : ", stronger for " + string.Join(", ", options.Augmentation.StrongerClasses.Select(label => label.Label())))}): mirroring; from standard on also rotation, scale, shift, grey values (also those of other slices, histogram matching), bias field, lost detail, noise, cut edges. Input {(options.Symmetric ? "in [-1, 1]" : "in [0, 1]")}{(options.Clahe is { } clahe ? FormattableString.Invariant($", CLAHE with clip limit {clahe.ClipLimit} on {clahe.Tiles} x {clahe.Tiles} tiles") : "")}{(options.TestTimeFlips ? ", each slice also looked at mirrored" : "")}.");
        if (options.Volumes is not null)
        {
            Line(text, $"Whole heads and a part of the main set are varied more strongly, with tone curves that need not rise, JPEG and stripped skulls.");
        }

        if (options.FirstModel is not null)
        {
            Line(text, $"Tumours that a first model found were put into {Augmenter.TumorInVolume:P0} of the slices of whole heads, {Augmenter.TumorInPhantom:P0} of those of phantoms without one, and into slices of the main set without one ({EpochPlan.HostShare:P0} more); healthy tissue was put into healthy slices by the same way: neither style nor blending must stand for a class.");
        }

        Line(text, $"{report.Device}, {options.ThreadsInUse} threads, {report.ImagesPerSecond:F0} slices a second, {report.Duration.TotalMinutes:F0} minutes.");
        Line(text, $"");
    }

    private static void WriteFigures(StringBuilder text, string title, EvaluationFigures figures, IReadOnlyList<string> labels)
    {
        if (figures.Count == 0)
        {
            return;
        }

        Line(text, $"### {title}: {figures.Accuracy:P2} of {figures.Count}");
        Line(text, $"");
        Line(text, $"| true \\ answered | {string.Join(" | ", labels)} | recall | precision |");
        Line(text, $"{string.Concat(Enumerable.Repeat("|---", labels.Count + 3))}|");
        for (var row = 0; row < labels.Count; row++)
        {
            var counts = string.Join(" | ", figures.Confusion.Skip(row * labels.Count).Take(labels.Count));
            Line(text, $"| {labels[row]} | {counts} | {figures.Recall[row]:P1} | {figures.Precision[row]:P1} |");
        }

        Line(text, $"");
    }

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
