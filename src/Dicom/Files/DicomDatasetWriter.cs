using System.Buffers;
using System.Buffers.Binary;
using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Dicom.Files;

/// <summary>Writes data sets (PS3.5 §7). Sequences and items get undefined lengths, so one pass is enough.</summary>
public static class DicomDatasetWriter
{
    private const uint UndefinedLength = 0xFFFFFFFF;

    /// <summary>Writes a whole data set. One that needs a character set and names none is written with ISO_IR 192.</summary>
    public static void Write(DicomDataset dataset, DicomTransferSyntax syntax, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(syntax);
        ArgumentNullException.ThrowIfNull(output);
        if (dataset.NeedsCharacterSet)
        {
            dataset = dataset.Clone();
            dataset.ConvertToUtf8();
        }

        if (!syntax.IsDeflated)
        {
            WriteElements(dataset, syntax, output);
            return;
        }

        var plain = new ArrayBufferWriter<byte>(1 << 16);
        WriteElements(dataset, syntax, plain);
        output.Write(DeflatedDataset.Deflate(plain.WrittenSpan));
    }

    private static void WriteElements(DicomDataset dataset, DicomTransferSyntax syntax, IBufferWriter<byte> output)
    {
        foreach (var element in dataset.Elements)
        {
            switch (element)
            {
                case DicomValueElement value:
                    WriteValue(value, syntax, output);
                    break;
                case DicomSequence sequence:
                    WriteSequence(sequence, syntax, output);
                    break;
                case DicomFragments fragments:
                    WriteFragments(fragments, syntax, output);
                    break;
            }
        }
    }

    private static void WriteValue(DicomValueElement element, DicomTransferSyntax syntax, IBufferWriter<byte> output)
    {
        var value = syntax.IsBigEndian ? ByteOrder.Swapped(element.Value, element.Vr) : element.Value;
        WriteHeader(element.Tag, element.Vr, (uint)value.Length, syntax, output);
        output.Write(value.Span);
    }

    private static void WriteSequence(DicomSequence sequence, DicomTransferSyntax syntax, IBufferWriter<byte> output)
    {
        WriteHeader(sequence.Tag, DicomVr.SQ, UndefinedLength, syntax, output);
        foreach (var item in sequence.Items)
        {
            WriteItemHeader(DicomTag.Item, UndefinedLength, syntax, output);
            WriteElements(item, syntax, output);
            WriteItemHeader(DicomTag.ItemDelimitationItem, 0, syntax, output);
        }

        WriteItemHeader(DicomTag.SequenceDelimitationItem, 0, syntax, output);
    }

    private static void WriteFragments(DicomFragments element, DicomTransferSyntax syntax, IBufferWriter<byte> output)
    {
        WriteHeader(element.Tag, element.Vr, UndefinedLength, syntax, output);
        WriteFragment(element.OffsetTable.Span, syntax, output);
        foreach (var fragment in element.Fragments)
        {
            WriteFragment(fragment.Span, syntax, output);
        }

        WriteItemHeader(DicomTag.SequenceDelimitationItem, 0, syntax, output);
    }

    private static void WriteFragment(ReadOnlySpan<byte> fragment, DicomTransferSyntax syntax, IBufferWriter<byte> output)
    {
        WriteItemHeader(DicomTag.Item, (uint)fragment.Length + (uint)(fragment.Length & 1), syntax, output);
        output.Write(fragment);
        if ((fragment.Length & 1) != 0)
        {
            output.Write<byte>([0]);
        }
    }

    private static void WriteHeader(DicomTag tag, DicomVr vr, uint length, DicomTransferSyntax syntax, IBufferWriter<byte> output)
    {
        var header = output.GetSpan(12);
        WriteTag(header, tag, syntax);
        if (!syntax.IsExplicitVr)
        {
            WriteUInt32(header[4..], length, syntax);
            output.Advance(8);
            return;
        }

        // A value too long for a 16-bit length goes out as UN (PS3.5 §6.2.2 note 3).
        var code = vr.HasLongLength || length <= ushort.MaxValue ? vr : DicomVr.UN;
        BinaryPrimitives.WriteUInt16BigEndian(header[4..], code.Code);
        if (!code.HasLongLength)
        {
            WriteUInt16(header[6..], (ushort)length, syntax);
            output.Advance(8);
            return;
        }

        header[6] = header[7] = 0;
        WriteUInt32(header[8..], length, syntax);
        output.Advance(12);
    }

    private static void WriteItemHeader(DicomTag tag, uint length, DicomTransferSyntax syntax, IBufferWriter<byte> output)
    {
        var header = output.GetSpan(8);
        WriteTag(header, tag, syntax);
        WriteUInt32(header[4..], length, syntax);
        output.Advance(8);
    }

    private static void WriteTag(Span<byte> header, DicomTag tag, DicomTransferSyntax syntax)
    {
        WriteUInt16(header, tag.Group, syntax);
        WriteUInt16(header[2..], tag.Element, syntax);
    }

    private static void WriteUInt16(Span<byte> bytes, ushort value, DicomTransferSyntax syntax)
    {
        if (syntax.IsBigEndian)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        }
    }

    private static void WriteUInt32(Span<byte> bytes, uint value, DicomTransferSyntax syntax)
    {
        if (syntax.IsBigEndian)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        }
    }
}
