using BrainTumorDicom.Dicom;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Slices.Frames;

namespace BrainTumorDicom.Slices.Conversion;

/// <summary>The Modality LUT of one frame (PS3.3 §C.11.1): a table, or a line; identity where there is neither.</summary>
/// <param name="Slope">Rescale Slope.</param>
/// <param name="Intercept">Rescale Intercept.</param>
/// <param name="Table">The table's output values, or <see langword="null"/>.</param>
/// <param name="FirstMapped">The stored value that the table's first entry is for; below it the first, above its end the last entry holds.</param>
internal sealed record ModalityLut(double Slope, double Intercept, float[]? Table = null, int FirstMapped = 0)
{
    /// <summary>Reads the LUT: of the frame's or shared functional groups (PS3.3 §C.7.6.16.2.9), else of the data set itself.</summary>
    public static ModalityLut Read(DicomDataset dataset, FunctionalGroups groups, bool isSigned)
    {
        var group = groups.Find(DicomTag.PixelValueTransformationSequence);
        if (group is null && dataset.GetSequence(DicomTag.ModalityLUTSequence) is [var table, ..])
        {
            return ReadTable(table, isSigned);
        }

        var source = group ?? dataset;
        var slope = source.GetDouble(DicomTag.RescaleSlope) ?? 1;
        var intercept = source.GetDouble(DicomTag.RescaleIntercept) ?? 0;
        if (!double.IsFinite(slope) || !double.IsFinite(intercept) || slope == 0 || Math.Abs(slope) > 1e20 || Math.Abs(intercept) > 1e20)
        {
            throw new DicomFormatException($"slope {slope} and intercept {intercept} map no pixel", -1, DicomTag.RescaleSlope);
        }

        return new ModalityLut(slope, intercept);
    }

    /// <summary>Maps <paramref name="stored"/> to <paramref name="values"/>, of the same length.</summary>
    public void Apply(ReadOnlySpan<int> stored, Span<float> values)
    {
        for (var i = 0; i < stored.Length; i++)
        {
            values[i] = Table is null
                ? (float)((stored[i] * Slope) + Intercept)
                : Table[Math.Clamp((long)stored[i] - FirstMapped, 0, Table.Length - 1)];
        }
    }

    private static ModalityLut ReadTable(DicomDataset item, bool isSigned)
    {
        var descriptor = item.GetInt32s(DicomTag.LUTDescriptor);
        if (descriptor.Count != 3)
        {
            throw new DicomFormatException($"{descriptor.Count} values, not 3", -1, DicomTag.LUTDescriptor);
        }

        // 0 stands for 65536 entries; the first mapped value has the pixels' sign, whatever VR it was sent with.
        var entries = (descriptor[0] & 0xFFFF) is var count && count == 0 ? 65536 : count;
        var first = isSigned ? (short)descriptor[1] : descriptor[1] & 0xFFFF;
        var data = item.GetBytes(DicomTag.LUTData).Span;
        var width = data.Length >= 2 * entries ? 2 : 1;
        if (data.Length < entries * width)
        {
            throw new DicomFormatException($"{data.Length} bytes for {entries} entries", -1, DicomTag.LUTData);
        }

        var table = new float[entries];
        for (var i = 0; i < entries; i++)
        {
            table[i] = width == 1 ? data[i] : data[2 * i] | (data[(2 * i) + 1] << 8);
        }

        return new ModalityLut(1, 0, table, first);
    }
}
