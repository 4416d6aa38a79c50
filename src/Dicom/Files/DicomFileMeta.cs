using System.Buffers;
using System.Buffers.Binary;
using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Dicom.Files;

/// <summary>The preamble and the file meta information (PS3.10 §7.1).</summary>
public static class DicomFileMeta
{
    internal const int PreambleLength = 128;

    /// <summary>Writes preamble, prefix and group 2 for a data set that follows as it is.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="sopClassUid">SOP Class UID of the data set.</param>
    /// <param name="sopInstanceUid">SOP Instance UID of the data set.</param>
    /// <param name="transferSyntaxUid">How the data set is encoded.</param>
    /// <param name="sourceAeTitle">The application entity that sent it, or <see langword="null"/>.</param>
    public static void Write(IBufferWriter<byte> output, string sopClassUid, string sopInstanceUid, string transferSyntaxUid, string? sourceAeTitle) =>
        Write(output, Create(sopClassUid, sopInstanceUid, transferSyntaxUid, sourceAeTitle));

    internal static DicomDataset Create(string sopClassUid, string sopInstanceUid, string transferSyntaxUid, string? sourceAeTitle)
    {
        var meta = new DicomDataset();
        meta.SetBytes(DicomTag.FileMetaInformationVersion, DicomVr.OB, new byte[] { 0, 1 });
        meta.Set(DicomTag.MediaStorageSOPClassUID, sopClassUid);
        meta.Set(DicomTag.MediaStorageSOPInstanceUID, sopInstanceUid);
        meta.Set(DicomTag.TransferSyntaxUID, transferSyntaxUid);
        meta.Set(DicomTag.ImplementationClassUID, DicomImplementation.ClassUid);
        meta.Set(DicomTag.ImplementationVersionName, DicomImplementation.VersionName);
        if (sourceAeTitle is not null)
        {
            meta.Set(DicomTag.SourceApplicationEntityTitle, sourceAeTitle);
        }

        return meta;
    }

    internal static void Write(IBufferWriter<byte> output, DicomDataset meta)
    {
        var group = new ArrayBufferWriter<byte>(512);
        meta.Remove(DicomTag.FileMetaInformationGroupLength);
        DicomDatasetWriter.Write(meta, DicomTransferSyntax.ExplicitVrLittleEndian, group);
        var start = output.GetSpan(PreambleLength + 16);
        start[..PreambleLength].Clear();
        ReadOnlySpan<byte> prefixAndLength = [.. "DICM"u8, 0x02, 0x00, 0x00, 0x00, .. "UL"u8, 0x04, 0x00];
        prefixAndLength.CopyTo(start[PreambleLength..]);
        BinaryPrimitives.WriteInt32LittleEndian(start[(PreambleLength + 12)..], group.WrittenCount);
        output.Advance(PreambleLength + 16);
        output.Write(group.WrittenSpan);
    }
}
