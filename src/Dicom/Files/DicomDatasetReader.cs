using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Dicom.Files;

/// <summary>Reads data sets (PS3.5 §7). Values are slices of the bytes given, so these must stay as they are; big endian numbers are copied.</summary>
public static class DicomDatasetReader
{
    /// <summary>Reads a whole data set.</summary>
    /// <param name="bytes">The data set as sent or stored, without a meta header.</param>
    /// <param name="syntax">How it is encoded.</param>
    /// <param name="stopBefore">Reading ends before this tag of the outermost level.</param>
    /// <exception cref="DicomFormatException">The bytes break PS3.5, or end too early.</exception>
    public static DicomDataset Read(ReadOnlyMemory<byte> bytes, DicomTransferSyntax syntax, DicomTag? stopBefore = null) =>
        Read(bytes, 0, syntax, stopBefore);

    internal static DicomDataset Read(ReadOnlyMemory<byte> bytes, int start, DicomTransferSyntax syntax, DicomTag? stopBefore)
    {
        ArgumentNullException.ThrowIfNull(syntax);
        if (syntax.IsDeflated)
        {
            bytes = DeflatedDataset.Inflate(bytes[start..]);
            start = 0;
        }

        var parser = new DatasetParser(bytes, start, syntax.IsExplicitVr, syntax.IsBigEndian);
        return parser.ReadDataset(stopBefore);
    }
}
