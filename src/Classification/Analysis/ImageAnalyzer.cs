using BrainTumorDicom.Classification.Execution;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Slices.Conversion;

namespace BrainTumorDicom.Classification.Analysis;

/// <summary>Classifies single pictures: image files, and DICOM slices taken out of their series. May be used from several threads at once.</summary>
/// <param name="classifier">The model; not disposed here.</param>
public sealed class ImageAnalyzer(Classifier classifier)
{
    // Below it two classes are as likely as each other.
    private const double LeastLead = 0.5;

    /// <summary>Classifies pictures, each with a display range of its own.</summary>
    /// <param name="images">The pictures.</param>
    /// <returns>One answer a picture, in order.</returns>
    public ImageAnswer[] Analyze(IReadOnlyList<SlicePixels> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        var manifest = classifier.Package.Manifest;
        var length = manifest.Preprocessing.Size * manifest.Preprocessing.Size;
        var inputs = new float[images.Count * length];
        for (var i = 0; i < images.Count; i++)
        {
            var range = DisplayRange.OfSeries([images[i]], manifest.Preprocessing);
            var box = HeadBox.Find(images[i], range, manifest.Preprocessing);
            SliceConverter.Convert(images[i], range, box, manifest.Preprocessing, inputs.AsSpan(i * length, length));
        }

        return [.. classifier.Run(inputs, images.Count).Select((output, i) =>
            Answer(output, CentralTissue.Median(inputs.AsSpan(i * length, length), manifest.Preprocessing.Size)))];
    }

    private ImageAnswer Answer(SliceOutput output, float centralTissue)
    {
        var reason = AnalysedSlice.Unlike(output, centralTissue, classifier.Package.Manifest)
            ?? (output.Probabilities.Max() < LeastLead ? ReasonCodes.LowConfidence : null);
        var disposition = reason?.Code == ReasonCodes.NotAHead.Code ? Disposition.Refused
            : reason is not null ? Disposition.Abstained
            : output.Leading == TumorClass.NoTumor ? Disposition.NoTargetTumor : Disposition.TargetTumor;
        return new ImageAnswer(disposition, reason, output.Probabilities);
    }
}
