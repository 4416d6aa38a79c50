using System.Collections.Immutable;

namespace BrainTumorDicom.Classification.Findings;

/// <summary>The names of <see cref="TumorClass"/> as folders, JSON and the command line write them.</summary>
public static class TumorClasses
{
    /// <summary>How many classes there are: the length of every probability vector.</summary>
    public const int Count = 4;

    /// <summary>glioma, meningioma, notumor, pituitary: the index is the value of <see cref="TumorClass"/>.</summary>
    public static ImmutableArray<string> Labels { get; } = ["glioma", "meningioma", "notumor", "pituitary"];

    /// <summary>notumor, tumor: the classes of a model that only tells whether there is one of the three. Such a model can be evaluated, not served.</summary>
    public static ImmutableArray<string> BinaryLabels { get; } = ["notumor", "tumor"];

    /// <summary>The label of <paramref name="value"/>.</summary>
    public static string Label(this TumorClass value) => Labels[(int)value];

    /// <summary>Reads a label, without regard to case.</summary>
    /// <returns><see langword="false"/> when <paramref name="label"/> names no class.</returns>
    public static bool TryParse(string label, out TumorClass value)
    {
        for (var i = 0; i < Count; i++)
        {
            if (string.Equals(Labels[i], label, StringComparison.OrdinalIgnoreCase))
            {
                value = (TumorClass)i;
                return true;
            }
        }

        value = default;
        return false;
    }
}
