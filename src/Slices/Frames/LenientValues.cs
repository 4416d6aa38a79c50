using System.Collections.Immutable;
using BrainTumorDicom.Dicom;
using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Slices.Frames;

/// <summary>Values of headers that must not lose a slice: one that is no number counts as absent.</summary>
public static class LenientValues
{
    /// <summary>The first value, or <see langword="null"/> where there is none that is a finite number.</summary>
    public static double? Number(this DicomDataset dataset, DicomTag tag) => dataset.Numbers(tag) is [var first, ..] && double.IsFinite(first) ? first : null;

    /// <summary>The first value without its fraction, or <see langword="null"/> where there is none that 32 bits hold.</summary>
    public static int? Whole(this DicomDataset dataset, DicomTag tag) =>
        dataset.Number(tag) is { } value && Math.Abs(value) < int.MaxValue ? (int)value : null;

    /// <summary>Exactly <paramref name="length"/> values, each below 10⁶ as any place in a scanner is; else empty.</summary>
    public static ImmutableArray<double> Vector(this DicomDataset dataset, DicomTag tag, int length)
    {
        var values = dataset.Numbers(tag);
        return values.Length == length && values.All(value => Math.Abs(value) < 1e6) ? values : [];
    }

    /// <summary>All values; empty where one is no number.</summary>
    public static ImmutableArray<double> Numbers(this DicomDataset dataset, DicomTag tag)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        try
        {
            return [.. dataset.GetDoubles(tag)];
        }
        catch (DicomFormatException)
        {
            return [];
        }
    }

    /// <summary>All values of a code string, in upper case as PS3.5 §6.2 wants them.</summary>
    public static ImmutableArray<string> Codes(this DicomDataset dataset, DicomTag tag)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return [.. dataset.GetStrings(tag).Select(value => value.ToUpperInvariant())];
    }
}
