using System.Globalization;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;

namespace BrainTumorDicom.Dicom.Tests.Dimse;

/// <summary>Small valid MR files made by our own writer.</summary>
internal static class TestFiles
{
    internal static DicomFile Create(int number, DicomTransferSyntax? syntax = null, int size = 64)
    {
        var dataset = new DicomDataset();
        dataset.Set(DicomTag.SOPClassUID, DicomUid.MRImageStorage.Value);
        dataset.Set(DicomTag.SOPInstanceUID, DicomUid.FromName(string.Create(CultureInfo.InvariantCulture, $"net test {number}")).Value);
        dataset.Set(DicomTag.StudyInstanceUID, DicomUid.FromName("net test study").Value);
        dataset.Set(DicomTag.SeriesInstanceUID, DicomUid.FromName("net test series").Value);
        dataset.Set(DicomTag.Modality, "MR");
        dataset.Set(DicomTag.PatientName, "Test^Phantom");
        dataset.Set(DicomTag.PatientID, "T1");
        dataset.Set(DicomTag.InstanceNumber, number);
        dataset.Set(DicomTag.SamplesPerPixel, 1);
        dataset.Set(DicomTag.PhotometricInterpretation, "MONOCHROME2");
        dataset.Set(DicomTag.Rows, size);
        dataset.Set(DicomTag.Columns, size);
        dataset.Set(DicomTag.BitsAllocated, 16);
        dataset.Set(DicomTag.BitsStored, 12);
        dataset.Set(DicomTag.HighBit, 11);
        dataset.Set(DicomTag.PixelRepresentation, 0);
        var pixels = new byte[size * size * 2];
        for (var i = 0; i < pixels.Length; i += 2)
        {
            pixels[i] = (byte)(i + number);
            pixels[i + 1] = (byte)((i >> 8) & 0x0F);
        }

        dataset.SetBytes(DicomTag.PixelData, DicomVr.OW, pixels);
        return new DicomFile(dataset, syntax ?? DicomTransferSyntax.ExplicitVrLittleEndian);
    }

    internal static string UidOf(DicomFile file) => file.Dataset.GetString(DicomTag.SOPInstanceUID)!;

    /// <summary>The data set as it stands in the file.</summary>
    internal static byte[] DataSetOf(DicomFile file)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        DicomDatasetWriter.Write(file.Dataset, file.TransferSyntax, output);
        return output.WrittenSpan.ToArray();
    }

    internal static string Write(string folder, int count, DicomTransferSyntax? syntax = null, int size = 64)
    {
        Directory.CreateDirectory(folder);
        for (var i = 0; i < count; i++)
        {
            Create(i, syntax, size).Write(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{i:D4}.dcm")));
        }

        return folder;
    }
}
