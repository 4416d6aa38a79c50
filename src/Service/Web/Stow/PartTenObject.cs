using System.Buffers;
using System.Buffers.Binary;
using BrainTumorDicom.Dicom;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.Files;

namespace BrainTumorDicom.Service.Web.Stow;

/// <summary>
/// Takes a Part 10 object (PS3.10 §7.1) piece by piece: preamble and File Meta Information are read, the data set is gathered as it
/// comes. Nothing is guessed: without meta information nobody said how the data set is encoded.
/// </summary>
/// <param name="dataSet">Gathers the data set; cleared by <see cref="Begin"/>.</param>
internal sealed class PartTenObject(DataSetBuffer dataSet)
{
    private const int PreambleLength = 128;

    // Preamble, prefix, and the group length with its value.
    private const int FixedLength = PreambleLength + 4 + 12;

    // Meta information is a few hundred bytes; private information (0002,0102) may be more. A resource limit.
    private const int MaximumMetaLength = 64 * 1024;

    private readonly ArrayBufferWriter<byte> head = new(1024);
    private int wanted;

    /// <summary>Why it cannot be read, in at most 64 characters; empty while it can.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>Media Storage SOP Class UID (0002,0002), or empty.</summary>
    public string SopClassUid { get; private set; } = "";

    /// <summary>Media Storage SOP Instance UID (0002,0003), or empty.</summary>
    public string SopInstanceUid { get; private set; } = "";

    /// <summary>Transfer Syntax UID (0002,0010), or empty.</summary>
    public string TransferSyntaxUid { get; private set; } = "";

    /// <summary>The data set as it came; valid until the next <see cref="Begin"/>.</summary>
    public ReadOnlySequence<byte> DataSet => dataSet.Content;

    /// <summary>Whether the data set passed a limit.</summary>
    public bool IsTooLarge => dataSet.Overflowed;

    /// <summary>Forgets the object before.</summary>
    public void Begin()
    {
        head.ResetWrittenCount();
        dataSet.Clear();
        wanted = FixedLength;
        Problem = SopClassUid = SopInstanceUid = TransferSyntaxUid = "";
    }

    /// <summary>Takes a piece.</summary>
    public void Take(ReadOnlySequence<byte> piece)
    {
        while (wanted > 0 && !piece.IsEmpty && Problem.Length == 0)
        {
            var taken = piece.Slice(0, Math.Min(wanted, piece.Length));
            foreach (var memory in taken)
            {
                head.Write(memory.Span);
            }

            wanted -= (int)taken.Length;
            piece = piece.Slice(taken.End);
            if (wanted == 0)
            {
                EndHead();
            }
        }

        if (Problem.Length == 0)
        {
            dataSet.Append(piece);
        }
    }

    /// <summary>Nothing more comes.</summary>
    public void End()
    {
        if (wanted > 0 && Problem.Length == 0)
        {
            Problem = "the part ends within preamble or meta information";
        }
    }

    private void EndHead()
    {
        var bytes = head.WrittenSpan;
        if (bytes.Length > FixedLength)
        {
            ReadMeta();
            return;
        }

        // (0002,0000) UL is of type 1 and comes first (PS3.10 Table 7.1-1).
        ReadOnlySpan<byte> start = [.. "DICM"u8, 0x02, 0x00, 0x00, 0x00, .. "UL"u8, 0x04, 0x00];
        if (!bytes[PreambleLength..].StartsWith(start))
        {
            Problem = "no preamble with File Meta Information";
            return;
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(FixedLength - 4)..]);
        if (length is 0 or > MaximumMetaLength)
        {
            Problem = "the length of the File Meta Information is wrong";
            return;
        }

        wanted = (int)length;
    }

    private void ReadMeta()
    {
        try
        {
            // A copy: values are slices of the input.
            var file = DicomFile.Read(head.WrittenSpan.ToArray());
            SopClassUid = file.MetaInformation.GetString(DicomTag.MediaStorageSOPClassUID) ?? "";
            SopInstanceUid = file.MetaInformation.GetString(DicomTag.MediaStorageSOPInstanceUID) ?? "";
            TransferSyntaxUid = file.MetaInformation.GetString(DicomTag.TransferSyntaxUID) ?? "";
            if (file.Dataset.Count > 0)
            {
                Problem = "the length of the File Meta Information is wrong";
            }
        }
        catch (DicomFormatException)
        {
            Problem = "the File Meta Information cannot be read";
        }

        if (Problem.Length == 0 && (SopClassUid.Length == 0 || SopInstanceUid.Length == 0 || TransferSyntaxUid.Length == 0))
        {
            Problem = "the File Meta Information lacks a UID";
        }
    }
}
