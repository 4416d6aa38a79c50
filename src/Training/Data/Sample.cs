using BrainTumorDicom.Classification.Findings;

namespace BrainTumorDicom.Training.Data;

/// <summary>One labelled slice, preprocessed and kept in memory.</summary>
/// <param name="Label">Its class.</param>
/// <param name="Name">Its file within the set, or how the phantom was made.</param>
/// <param name="Group">Slices of one group must not be parted by a split.</param>
/// <param name="Origin">Where it comes from.</param>
/// <param name="Source">What augmentation starts from: the same view as <paramref name="Input"/> with more pixels, as bytes.</param>
/// <param name="Input">What the network gets when the slice is evaluated, exactly as in service.</param>
internal sealed record Sample(TumorClass Label, string Name, int Group, SampleOrigin Origin, byte[] Source, Half[] Input)
{
    /// <summary>Writes <see cref="Input"/> as the network takes it.</summary>
    public void CopyInputTo(Span<float> input)
    {
        for (var i = 0; i < Input.Length; i++)
        {
            input[i] = (float)Input[i];
        }
    }
}
