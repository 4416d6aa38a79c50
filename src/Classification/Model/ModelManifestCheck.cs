using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Classification.Selection;

namespace BrainTumorDicom.Classification.Model;

/// <summary>Whether the values of a manifest are in range and fit together.</summary>
internal static class ModelManifestCheck
{
    /// <summary>Throws for the first value that is wrong.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <param name="path">Where it was read from, for the message.</param>
    /// <exception cref="InvalidDataException">Names the field, its value and what is allowed.</exception>
    public static void Check(ModelManifest manifest, string path)
    {
        Require(!string.IsNullOrWhiteSpace(manifest.Name), path, "name", manifest.Name, "not empty");
        Require(!string.IsNullOrWhiteSpace(manifest.Version), path, "version", manifest.Version, "not empty");
        Require(!manifest.Labels.IsDefault && (manifest.Labels.SequenceEqual(TumorClasses.Labels) || manifest.Labels.SequenceEqual(TumorClasses.BinaryLabels)), path, "labels",
            manifest.Labels.IsDefault ? null : string.Join(", ", manifest.Labels),
            $"{string.Join(", ", TumorClasses.Labels)} or {string.Join(", ", TumorClasses.BinaryLabels)}, in this order");
        Require(manifest.Temperature is > 0.01 and < 100, path, "temperature", manifest.Temperature, "above 0.01 and below 100");

        var p = manifest.Preprocessing;
        Require(p.Size is >= 16 and <= 1024, path, "preprocessing.size", p.Size, "16 to 1024");
        Require(p.LowPercentile is >= 0 and < 100, path, "preprocessing.lowPercentile", p.LowPercentile, "from 0 to below 100");
        Require(p.HighPercentile > p.LowPercentile && p.HighPercentile <= 100, path, "preprocessing.highPercentile", p.HighPercentile, "above lowPercentile, at most 100");
        Require(p.HeadThreshold is > 0 and < 1, path, "preprocessing.headThreshold", p.HeadThreshold, "between 0 and 1");
        Require(p.CropMargin is >= 0 and <= 1, path, "preprocessing.cropMargin", p.CropMargin, "0 to 1");

        Require(p.Clahe is not { ClipLimit: not (> 0 and <= 1000) }, path, "preprocessing.clahe.clipLimit", p.Clahe?.ClipLimit, "above 0, at most 1000");
        Require(p.Clahe is null || (p.Clahe.Tiles >= 1 && p.Clahe.Tiles <= Math.Min(64, p.Size)), path, "preprocessing.clahe.tiles", p.Clahe?.Tiles, "1 to 64, and not more than the size");

        CheckRule(manifest.Rule, path);
        CheckGate(manifest.Gate, manifest.Labels.Length, path);
    }

    private static void CheckRule(SeriesRuleParameters rule, string path)
    {
        Require(rule.ReportThreshold is > 0 and <= 1, path, "rule.reportThreshold", rule.ReportThreshold, "above 0, at most 1");
        Require(rule.AbstainThreshold > 0 && rule.AbstainThreshold <= rule.ReportThreshold, path, "rule.abstainThreshold", rule.AbstainThreshold, "above 0, at most reportThreshold");
        Require(rule.MinimumRun >= 1, path, "rule.minimumRun", rule.MinimumRun, "1 or more");
        Require(rule.MinimumExtentMillimetres is >= 0 and < 1000, path, "rule.minimumExtentMillimetres", rule.MinimumExtentMillimetres, "0 to 1000");
        Require(rule.MinimumHeadFraction is >= 0 and < 1, path, "rule.minimumHeadFraction", rule.MinimumHeadFraction, "from 0 to below 1");
        Require(rule.MaximumUnlikeFraction is >= 0 and <= 1, path, "rule.maximumUnlikeFraction", rule.MaximumUnlikeFraction, "0 to 1");
        Require(rule.MaximumAttentionDistanceMillimetres > 0, path, "rule.maximumAttentionDistanceMillimetres", rule.MaximumAttentionDistanceMillimetres, "above 0");
        Require(rule.MaximumScatterMillimetres > 0, path, "rule.maximumScatterMillimetres", rule.MaximumScatterMillimetres, "above 0");
        Require(rule.MinimumCentralTissue is >= 0 and < 1, path, "rule.minimumCentralTissue", rule.MinimumCentralTissue, "from 0 to below 1");
        var weightings = Enum.GetValues<SequencePreference>().Select(preference => preference.Code()).ToArray();
        Require(rule.SensitiveWeightings.All(weightings.Contains), path, "rule.sensitiveWeightings",
            string.Join(", ", rule.SensitiveWeightings), $"a list of {string.Join(", ", weightings)}");
        Require(rule.MinimumClassShare is >= 0 and <= 1, path, "rule.minimumClassShare", rule.MinimumClassShare, "0 to 1");
        Require(rule.MaximumPituitaryMillimetres > 0, path, "rule.maximumPituitaryMillimetres", rule.MaximumPituitaryMillimetres, "above 0");
    }

    private static void CheckGate(FeatureGate gate, int classes, string path)
    {
        var features = gate.Variances.IsDefault ? 0 : gate.Variances.Length;
        Require(features > 0 && gate.Variances.All(value => float.IsFinite(value) && value > 0), path, "gate.variances", $"{features} values", "finite values above 0");
        Require(!gate.Means.IsDefault && gate.Means.Length == classes * features && gate.Means.All(float.IsFinite), path, "gate.means",
            $"{(gate.Means.IsDefault ? 0 : gate.Means.Length)} values", $"{classes * features} finite values, one for each class and feature");
        Require(gate.OutlierWeights.IsDefaultOrEmpty || (gate.OutlierWeights.Length == (2 * features) + 1 && gate.OutlierWeights.All(float.IsFinite)), path, "gate.outlierWeights",
            $"{(gate.OutlierWeights.IsDefault ? 0 : gate.OutlierWeights.Length)} values", $"none, or {(2 * features) + 1} finite values");
        Require(gate.Threshold > 0 && double.IsFinite(gate.Threshold), path, "gate.threshold", gate.Threshold, "a number above 0");
    }

    private static void Require(bool holds, string path, string field, object? value, string allowed)
    {
        if (!holds)
        {
            throw new InvalidDataException(FormattableString.Invariant($"{path}: {field} is {value ?? "missing"}; allowed: {allowed}."));
        }
    }
}
