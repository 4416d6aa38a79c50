using BrainTumorDicom.Classification.Findings;

namespace BrainTumorDicom.Training.Data;

/// <summary>One labelled slice, preprocessed and kept in memory.</summary>
/// <param name="Label">Its class.</param>
/// <param name="Name">Its file within the set, or how the phantom was made.</param>
/// <param name="Group">Slices of one group must not be parted by a split.</param>
/// <param name="Origin">Where it comes from.</param>
/// <param name="Source">What augmentation starts from: the same view as <paramref name="Input"/> with more pixels, as bytes.</param>
/// <param name="Input">The converted slice, exactly as in service, in [0, 1]: <see cref="Slices.Conversion.NetworkInput"/> makes of it what the network reads.</param>
/// <param name="Facts">What else is known of it; <see langword="null"/> for synthetic heads.</param>
internal sealed record Sample(TumorClass Label, string Name, int Group, SampleOrigin Origin, byte[] Source, Half[] Input, SliceFacts? Facts = null)
{
    /// <summary>Writes <see cref="Input"/> as the classifier takes it.</summary>
    public void CopyInputTo(Span<float> input)
    {
        for (var i = 0; i < Input.Length; i++)
        {
            input[i] = (float)Input[i];
        }
    }
}
