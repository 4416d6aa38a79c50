using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Training.Data.Volumes;

namespace BrainTumorDicom.Training.Data;

/// <summary>One labelled slice, preprocessed and kept in memory.</summary>
/// <param name="Label">Its class.</param>
/// <param name="Name">Its file within the set, or how the phantom was made.</param>
/// <param name="Group">Slices of one group must not be parted by a split.</param>
/// <param name="Origin">Where it comes from.</param>
/// <param name="Source">What augmentation starts from: the same view as <paramref name="Input"/> with more pixels, as bytes.</param>
/// <param name="Input">The converted slice, exactly as in service, in [0, 1]: <see cref="Slices.Conversion.NetworkInput"/> makes of it what the network reads.</param>
/// <param name="Facts">What else is known of it; <see langword="null"/> for synthetic heads and slices of volumes.</param>
/// <param name="Plane">How it lies in the head, where that is known.</param>
/// <param name="Level">Where it lies between the first (0) and the last (1) slice of the head along x, y or z; NaN where that is not known.</param>
/// <param name="Series">The series of a volume; empty for others.</param>
internal sealed record Sample(
    TumorClass Label,
    string Name,
    int Group,
    SampleOrigin Origin,
    byte[] Source,
    Half[] Input,
    SliceFacts? Facts = null,
    HeadPlane Plane = HeadPlane.Unknown,
    float Level = float.NaN,
    string Series = "")
{
    /// <summary>Whether it lies away from the ends of the head, as far as that is known: they look like many things.</summary>
    public bool IsWithinHead => float.IsNaN(Level) || Level is > 0.1f and < 0.92f;

    /// <summary>Writes <see cref="Input"/> as the classifier takes it.</summary>
    public void CopyInputTo(Span<float> input)
    {
        for (var i = 0; i < Input.Length; i++)
        {
            input[i] = (float)Input[i];
        }
    }
}
