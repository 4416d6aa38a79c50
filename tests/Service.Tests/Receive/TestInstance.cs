using System.Buffers;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;

namespace BrainTumorDicom.Service.Tests.Receive;

/// <summary>A small MR instance as it comes over the network.</summary>
internal sealed record TestInstance(string Study, string Series, string Sop, byte[] Data)
{
    public const string MrImageStorage = "1.2.840.10008.5.1.4.1.1.4";
    public const string ExplicitLittle = "1.2.840.10008.1.2.1";

    /// <summary>Instance <paramref name="number"/> of a study; another <paramref name="content"/> gives other bytes under the same UIDs.</summary>
    public static TestInstance Create(string study, int number, int content = 0, int series = 1)
    {
        var seriesUid = $"{study}.{series}";
        var sop = $"{seriesUid}.{number}";
        return new TestInstance(study, seriesUid, sop, Encode(Dataset(study, seriesUid, sop, number, content), DicomTransferSyntax.ExplicitVrLittleEndian));
    }

    public static DicomDataset Dataset(string study, string series, string sop, int number, int content)
    {
        var dataset = new DicomDataset();
        dataset.Set(DicomTag.SOPClassUID, MrImageStorage);
        dataset.Set(DicomTag.SOPInstanceUID, sop);
        dataset.Set(DicomTag.Modality, "MR");
        dataset.Set(DicomTag.StudyInstanceUID, study);
        dataset.Set(DicomTag.SeriesInstanceUID, series);
        dataset.Set(DicomTag.InstanceNumber, number);
        var item = new DicomDataset();
        item.Set(DicomTag.CodeValue, "T-A0100");
        dataset.SetSequence(DicomTag.AnatomicRegionSequence, item);
        var pixels = new byte[400];
        new Random(content).NextBytes(pixels);
        dataset.SetBytes(DicomTag.PixelData, DicomVr.OW, pixels);
        return dataset;
    }

    public static byte[] Encode(DicomDataset dataset, DicomTransferSyntax syntax)
    {
        var output = new ArrayBufferWriter<byte>();
        DicomDatasetWriter.Write(dataset, syntax, output);
        return output.WrittenSpan.ToArray();
    }
}
