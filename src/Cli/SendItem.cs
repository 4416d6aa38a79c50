using System.Buffers;
using System.Buffers.Binary;
using BrainTumorDicom.Dicom;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;

namespace BrainTumorDicom.Cli;

/// <summary>A file to send, known by its meta information alone.</summary>
/// <param name="Path">The file.</param>
/// <param name="SopClassUid">SOP Class UID.</param>
/// <param name="SopInstanceUid">SOP Instance UID.</param>
/// <param name="TransferSyntaxUid">How its data set is encoded.</param>
/// <param name="DataSetOffset">Where the data set begins, in bytes; <see langword="null"/> where the file has no proper meta information and must be parsed.</param>
internal sealed record SendItem(string Path, string SopClassUid, string SopInstanceUid, string TransferSyntaxUid, int? DataSetOffset)
{
    private const int PrefixEnd = 132;
    private const int GroupStart = PrefixEnd + 12;
    private const int LongestMeta = 1 << 16;

    /// <summary>Reads what is needed to negotiate.</summary>
    /// <returns><see langword="null"/> where the file is not DICOM.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal static SendItem? Read(string path)
    {
        try
        {
            var head = ReadHead(path);
            if (head is null)
            {
                var file = DicomFile.ReadHeader(File.ReadAllBytes(path));
                return Create(path, file.Dataset.GetString(DicomTag.SOPClassUID), file.Dataset.GetString(DicomTag.SOPInstanceUID), file.TransferSyntax.Uid.Value, null);
            }

            var meta = DicomDatasetReader.Read(head.AsMemory(PrefixEnd), DicomTransferSyntax.ExplicitVrLittleEndian);
            return Create(
                path,
                meta.GetString(DicomTag.MediaStorageSOPClassUID),
                meta.GetString(DicomTag.MediaStorageSOPInstanceUID),
                meta.GetString(DicomTag.TransferSyntaxUID),
                head.Length);
        }
        catch (DicomFormatException)
        {
            return null;
        }
    }

    /// <summary>The data set in the transfer syntax asked for; as it stands in the file where that is the file's own.</summary>
    internal async Task<ReadOnlyMemory<byte>> ReadDataSetAsync(string transferSyntaxUid, CancellationToken cancellationToken)
    {
        var bytes = await File.ReadAllBytesAsync(Path, cancellationToken).ConfigureAwait(false);
        if (transferSyntaxUid == TransferSyntaxUid && DataSetOffset is { } offset)
        {
            // Fragments have an even length (PS3.8 §9.3.5.1, note). A deflated stream is padded (PS3.5 §A.5); any other of odd length is
            // damaged, and reading it says where.
            var isEven = ((bytes.Length - offset) & 1) == 0;
            if (isEven || DicomTransferSyntax.Find(transferSyntaxUid) is null or { IsDeflated: true })
            {
                return isEven ? bytes.AsMemory(offset) : (byte[])[.. bytes.AsSpan(offset), 0];
            }
        }

        var output = new ArrayBufferWriter<byte>(bytes.Length);
        DicomDatasetWriter.Write(DicomFile.Read(bytes).Dataset, DicomTransferSyntax.Find(transferSyntaxUid)!, output);
        return output.WrittenMemory;
    }

    private static SendItem? Create(string path, string? sopClass, string? sopInstance, string? transferSyntax, int? offset) =>
        DicomUid.TryParse(sopClass, out _) && DicomUid.TryParse(sopInstance, out _) && DicomUid.TryParse(transferSyntax, out _)
            ? new SendItem(path, sopClass!, sopInstance!, transferSyntax!, offset)
            : null;

    /// <summary>Preamble to the end of group 2 (PS3.10 §7.1), or <see langword="null"/> where that cannot be told.</summary>
    private static byte[]? ReadHead(string path)
    {
        using var stream = File.OpenRead(path);
        var head = new byte[GroupStart];
        if (stream.ReadAtLeast(head, GroupStart, throwOnEndOfStream: false) < GroupStart
            || !head.AsSpan(128, 4).SequenceEqual("DICM"u8)
            || BinaryPrimitives.ReadUInt64LittleEndian(head.AsSpan(PrefixEnd)) != 0x0004_4C55_0000_0002)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(PrefixEnd + 8));
        if (length > LongestMeta || stream.Length < GroupStart + length)
        {
            return null;
        }

        Array.Resize(ref head, GroupStart + (int)length);
        stream.ReadExactly(head.AsSpan(GroupStart));
        return head;
    }
}
