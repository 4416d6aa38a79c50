using BrainTumorDicom.Classification.Selection;
using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Classification.Tests.Selection;

internal static class HeadersOfSeries
{
    /// <summary>The headers as the gate sees them.</summary>
    public static SliceHeader[] Headers(this DicomDataset[] datasets) => [.. datasets.SelectMany((dataset, i) => SliceHeaderReader.Read(i, dataset))];
}
