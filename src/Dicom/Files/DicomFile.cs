using System.Buffers;
using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Dicom.Files;

/// <summary>A DICOM file (PS3.10 §7): meta information and a data set.</summary>
public sealed class DicomFile
{
    /// <summary>A new file. Its meta information is made from SOP Class UID and SOP Instance UID of the data set.</summary>
    public DicomFile(DicomDataset dataset, DicomTransferSyntax syntax)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(syntax);
        Dataset = dataset;
        TransferSyntax = syntax;
        MetaInformation = DicomFileMeta.Create(
            dataset.GetString(DicomTag.SOPClassUID) ?? "", dataset.GetString(DicomTag.SOPInstanceUID) ?? "", syntax.Uid.Value, sourceAeTitle: null);
    }

    internal DicomFile(DicomDataset meta, DicomDataset dataset, DicomTransferSyntax syntax)
    {
        MetaInformation = meta;
        Dataset = dataset;
        TransferSyntax = syntax;
    }

    /// <summary>Group 2; empty where the file had none.</summary>
    public DicomDataset MetaInformation { get; }

    /// <summary>The data set.</summary>
    public DicomDataset Dataset { get; }

    /// <summary>How the data set is encoded: what was found where the file says otherwise or nothing.</summary>
    public DicomTransferSyntax TransferSyntax { get; }

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="DicomFormatException">It is not a DICOM file, or breaks PS3.5 or PS3.10.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static DicomFile Read(string path) => Read(File.ReadAllBytes(path));

    /// <summary>Reads a whole file from memory. Values are slices of <paramref name="bytes"/>, which must stay as they are.</summary>
    /// <exception cref="DicomFormatException">It is not a DICOM file, or breaks PS3.5 or PS3.10.</exception>
    public static DicomFile Read(ReadOnlyMemory<byte> bytes) => FileParser.Read(bytes, stopBefore: null);

    /// <summary>Reads a file up to Pixel Data (7FE0,0010), Float Pixel Data or Double Float Pixel Data.</summary>
    /// <exception cref="DicomFormatException">It is not a DICOM file, or what comes before the pixels breaks PS3.5 or PS3.10.</exception>
    public static DicomFile ReadHeader(ReadOnlyMemory<byte> bytes) => FileParser.Read(bytes, DicomTag.FloatPixelData);

    /// <summary>Writes the file, in place of one that is there.</summary>
    public void Write(string path) => File.WriteAllBytes(path, ToBuffer().WrittenSpan);

    /// <summary>Writes the file: preamble, meta information, data set.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var meta = MetaInformation.Clone();
        if (!meta.Contains(DicomTag.FileMetaInformationVersion))
        {
            meta.SetBytes(DicomTag.FileMetaInformationVersion, DicomVr.OB, new byte[] { 0, 1 });
        }

        if (!meta.Contains(DicomTag.ImplementationClassUID))
        {
            meta.Set(DicomTag.ImplementationClassUID, DicomImplementation.ClassUid);
        }

        meta.Set(DicomTag.TransferSyntaxUID, TransferSyntax.Uid.Value);
        DicomFileMeta.Write(output, meta);
        DicomDatasetWriter.Write(Dataset, TransferSyntax, output);
    }

    /// <summary>The file as bytes.</summary>
    public byte[] ToArray() => ToBuffer().WrittenSpan.ToArray();

    private ArrayBufferWriter<byte> ToBuffer()
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 16);
        Write(buffer);
        return buffer;
    }
}
