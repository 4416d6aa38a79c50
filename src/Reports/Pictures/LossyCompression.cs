using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Reports.Source;
using BrainTumorDicom.Slices.Frames;

namespace BrainTumorDicom.Reports.Pictures;

/// <summary>Lossy Image Compression (0028,2110): once lossy, always lossy (PS3.3 §C.7.6.1.1.5).</summary>
internal static class LossyCompression
{
    /// <summary>Carries it over from a source that says it was compressed with loss; else sets nothing.</summary>
    public static void Copy(DicomDataset header, DicomDataset dataset)
    {
        if (ValueRules.OneOf(header.GetString(DicomTag.LossyImageCompression), "01").Length == 0)
        {
            return;
        }

        dataset.Set(DicomTag.LossyImageCompression, "01");
        var ratios = header.Numbers(DicomTag.LossyImageCompressionRatio);
        var methods = header.Codes(DicomTag.LossyImageCompressionMethod);
        if (!ratios.IsEmpty && ratios.Length == methods.Length && methods.All(method => method.Length is > 0 and <= 16))
        {
            dataset.Set(DicomTag.LossyImageCompressionRatio, [.. ratios]);
            dataset.Set(DicomTag.LossyImageCompressionMethod, [.. methods]);
        }
    }
}
