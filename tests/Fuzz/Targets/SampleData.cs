using System.Buffers;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;

namespace BrainTumorDicom.Fuzz.Targets;

/// <summary>Small well-formed data sets of our own, from which targets make their seeds.</summary>
internal static class SampleData
{
    /// <summary>An MR image of 8 by 6 with sequences, private elements, numbers of every kind and text.</summary>
    internal static DicomDataset Image()
    {
        var dataset = new DicomDataset();
        dataset.Set(DicomTag.SpecificCharacterSet, "", "ISO 2022 IR 87");
        dataset.Set(DicomTag.ImageType, "ORIGINAL", "PRIMARY", "M");
        dataset.Set(DicomTag.SOPClassUID, DicomUid.MRImageStorage.Value);
        dataset.Set(DicomTag.SOPInstanceUID, "1.2.3.4");
        dataset.Set(DicomTag.Modality, "MR");
        dataset.Set(DicomTag.PatientName, "Yamada^Tarou=\u5C71\u7530^\u592A\u90CE");
        dataset.Set(DicomTag.PatientID, "P1");
        dataset.SetSequence(DicomTag.ReferencedStudySequence, Item("1.2.1"), Item("1.2.2"), new DicomDataset());
        dataset.Set(DicomTag.StudyInstanceUID, "1.2.3");
        dataset.Set(DicomTag.SeriesInstanceUID, "1.2.3.5");
        dataset.Set(DicomTag.ImagePositionPatient, "0", "-12.5", "1e2");
        dataset.SetBytes(new DicomTag(0x0029, 0x0010), DicomVr.LO, "PRIVATE "u8.ToArray());
        dataset.SetBytes(new DicomTag(0x0029, 0x1001), DicomVr.UN, new byte[] { 1, 2, 3, 4 });
        dataset.SetBytes(new DicomTag(0x0029, 0x1002), DicomVr.FD, BitConverter.GetBytes(1.5));
        dataset.SetBytes(new DicomTag(0x0029, 0x1003), DicomVr.SV, BitConverter.GetBytes(-5L));
        dataset.SetBytes(new DicomTag(0x0029, 0x1004), DicomVr.AT, new byte[] { 0x10, 0, 0x20, 0 });
        dataset.SetEmpty(DicomTag.AccessionNumber);
        AddPixelModule(dataset, rows: 6, columns: 8, bits: 16);
        var cells = new byte[96];
        new Random(1).NextBytes(cells);
        dataset.SetBytes(DicomTag.PixelData, DicomVr.OW, cells);
        return dataset;
    }

    /// <summary>The image with its pixels in fragments.</summary>
    internal static DicomDataset Encapsulated(int bits, int frames, params byte[][] fragments)
    {
        var dataset = Image();
        AddPixelModule(dataset, rows: 6, columns: 8, bits);
        dataset.Set(DicomTag.NumberOfFrames, frames);
        dataset.Add(new DicomFragments(DicomTag.PixelData, DicomVr.OB, default, [.. fragments.Select(fragment => (ReadOnlyMemory<byte>)fragment)]));
        return dataset;
    }

    /// <summary>A data set with nothing but text in UTF-8, a long value, and items in items.</summary>
    internal static DicomDataset Text()
    {
        var dataset = new DicomDataset();
        dataset.Set(DicomTag.SpecificCharacterSet, "ISO_IR 192");
        dataset.Set(DicomTag.SOPClassUID, DicomUid.BasicTextSRStorage.Value);
        dataset.Set(DicomTag.SOPInstanceUID, "1.2.3.6");
        dataset.Set(DicomTag.PatientName, "M\u00FCller^J\u00F6rg");
        var deep = Item("1.9");
        for (var i = 0; i < 5; i++)
        {
            var outer = new DicomDataset();
            outer.SetSequence(DicomTag.ContentSequence, deep);
            deep = outer;
        }

        dataset.SetSequence(DicomTag.ContentSequence, deep);
        dataset.Set(DicomTag.TextValue, new string('x', 300));
        return dataset;
    }

    /// <summary>The bytes of a data set.</summary>
    internal static byte[] Bytes(DicomDataset dataset, DicomTransferSyntax syntax)
    {
        var output = new ArrayBufferWriter<byte>();
        DicomDatasetWriter.Write(dataset, syntax, output);
        return output.WrittenSpan.ToArray();
    }

    private static void AddPixelModule(DicomDataset dataset, int rows, int columns, int bits)
    {
        dataset.Set(DicomTag.SamplesPerPixel, 1);
        dataset.Set(DicomTag.PhotometricInterpretation, "MONOCHROME2");
        dataset.Set(DicomTag.Rows, rows);
        dataset.Set(DicomTag.Columns, columns);
        dataset.Set(DicomTag.PixelSpacing, "0.5", "0.5");
        dataset.Set(DicomTag.BitsAllocated, bits);
        dataset.Set(DicomTag.BitsStored, bits);
        dataset.Set(DicomTag.HighBit, bits - 1);
        dataset.Set(DicomTag.PixelRepresentation, 0);
        dataset.Set(DicomTag.RescaleSlope, "2");
        dataset.Set(DicomTag.RescaleIntercept, "-10");
    }

    private static DicomDataset Item(string uid)
    {
        var item = new DicomDataset();
        item.Set(DicomTag.ReferencedSOPClassUID, DicomUid.MRImageStorage.Value);
        item.Set(DicomTag.ReferencedSOPInstanceUID, uid);
        return item;
    }
}
