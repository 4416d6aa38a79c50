using System.Buffers.Binary;
using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Dicom.Files;

/// <summary>Reads Part 10 files, and those that lack preamble or meta information where their start leaves no doubt.</summary>
internal static class FileParser
{
    internal static DicomFile Read(ReadOnlyMemory<byte> bytes, DicomTag? stopBefore)
    {
        var start = FindStart(bytes.Span);
        var meta = ReadMeta(bytes, ref start);
        var syntax = FindSyntax(bytes.Span[start..], meta);
        var dataset = DicomDatasetReader.Read(bytes, start, syntax, stopBefore);
        if (FirstForbidden(dataset) is { } forbidden)
        {
            throw new DicomFormatException("does not belong into a data set (PS3.5 §7.1)", start, forbidden);
        }

        return new DicomFile(meta, dataset, syntax);
    }

    private static int FindStart(ReadOnlySpan<byte> bytes)
    {
        const int prefix = DicomFileMeta.PreambleLength;
        if (bytes.Length >= prefix + 4 && bytes.Slice(prefix, 4).SequenceEqual("DICM"u8))
        {
            return prefix + 4;
        }

        // Without a preamble: an even group up to 0008H in either byte order is what every such file starts with.
        if (bytes.Length >= 8
            && (BinaryPrimitives.ReadUInt16LittleEndian(bytes) is 0x0002 or 0x0008 || BinaryPrimitives.ReadUInt16BigEndian(bytes) is 0x0008))
        {
            return 0;
        }

        throw new DicomFormatException("not a DICOM file: no DICM at byte 128, and it does not start with group 0002 or 0008");
    }

    private static DicomDataset ReadMeta(ReadOnlyMemory<byte> bytes, ref int start)
    {
        var span = bytes.Span;
        if (span.Length < start + 8 || BinaryPrimitives.ReadUInt16LittleEndian(span[start..]) != 0x0002)
        {
            return new DicomDataset();
        }

        // The group ends where another begins: its length field is not always right. But what is deflated or big endian
        // may start with the same two bytes, so there the length counts.
        var isExplicit = char.IsAsciiLetterUpper((char)span[start + 4]) && char.IsAsciiLetterUpper((char)span[start + 5]);
        if (EndByLength(span, start) is { } end)
        {
            var bounded = new DatasetParser(bytes, start, isExplicit, isBigEndian: false);
            if (TryReadGroup(bounded, end) is { } found
                && DicomTransferSyntax.Find(found.GetString(DicomTag.TransferSyntaxUID) ?? "") is { IsDeflated: true } or { IsBigEndian: true })
            {
                start = end;
                return found;
            }
        }

        var parser = new DatasetParser(bytes, start, isExplicit, isBigEndian: false);
        var meta = parser.ReadGroup(0x0002, bytes.Length);
        start = parser.Position;
        return meta;
    }

    private static DicomTag? FirstForbidden(DicomDataset dataset)
    {
        foreach (var element in dataset.Elements)
        {
            if (element.Tag.Group is 0x0000 or 0x0002)
            {
                return element.Tag;
            }

            if (element.Tag.Group > 0x0002)
            {
                break;
            }
        }

        return null;
    }

    private static int? EndByLength(ReadOnlySpan<byte> bytes, int start) =>
        bytes.Length >= start + 12 && bytes.Slice(start, 8).SequenceEqual((ReadOnlySpan<byte>)[2, 0, 0, 0, .. "UL"u8, 4, 0])
        && BinaryPrimitives.ReadUInt32LittleEndian(bytes[(start + 8)..]) is var length && length <= (uint)(bytes.Length - start - 12)
            ? start + 12 + (int)length
            : null;

    private static DicomDataset? TryReadGroup(DatasetParser parser, int end)
    {
        try
        {
            var meta = parser.ReadGroup(0x0002, end);
            return parser.Position == end ? meta : null;
        }
        catch (DicomFormatException)
        {
            return null;
        }
    }

    private static DicomTransferSyntax FindSyntax(ReadOnlySpan<byte> dataset, DicomDataset meta)
    {
        var uid = meta.GetString(DicomTag.TransferSyntaxUID);
        if (uid is null)
        {
            return Guess(dataset);
        }

        var declared = DicomTransferSyntax.Find(uid)
            ?? throw new DicomFormatException($"transfer syntax \"{uid}\" is not known", -1, DicomTag.TransferSyntaxUID);
        if (declared.IsDeflated || declared.IsBigEndian || dataset.Length < 8)
        {
            return declared;
        }

        // Some writers name one syntax and use the other; the first element tells which.
        var hasVr = DicomVr.TryFromCode(BinaryPrimitives.ReadUInt16BigEndian(dataset[4..]), out _);
        if (hasVr == declared.IsExplicitVr)
        {
            return declared;
        }

        return hasVr ? Guess(dataset) : LooksImplicit(dataset) ? DicomTransferSyntax.ImplicitVrLittleEndian : declared;
    }

    private static bool LooksImplicit(ReadOnlySpan<byte> dataset) =>
        BinaryPrimitives.ReadUInt32LittleEndian(dataset[4..]) <= (uint)dataset.Length - 8;

    private static DicomTransferSyntax Guess(ReadOnlySpan<byte> dataset)
    {
        if (dataset.Length < 8)
        {
            return DicomTransferSyntax.ImplicitVrLittleEndian;
        }

        var hasVr = DicomVr.TryFromCode(BinaryPrimitives.ReadUInt16BigEndian(dataset[4..]), out _);
        var isBig = dataset[0] == 0 && dataset[1] != 0;
        return (hasVr, isBig) switch
        {
            (true, true) => DicomTransferSyntax.ExplicitVrBigEndian,
            (true, false) => DicomTransferSyntax.ExplicitVrLittleEndian,
            (false, false) => DicomTransferSyntax.ImplicitVrLittleEndian,
            (false, true) => throw new DicomFormatException("implicit VR in big endian: no transfer syntax has that"),
        };
    }
}
