using System.Buffers.Binary;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Dictionary;

namespace BrainTumorDicom.Dicom.Files;

/// <summary>Reads element headers of one encoding (PS3.5 §7.1.2, §7.1.3). Pure.</summary>
internal readonly struct ElementHeaderReader(bool isExplicit, bool isBigEndian)
{
    /// <summary>Reads the header at <paramref name="position"/>.</summary>
    /// <exception cref="DicomFormatException">The bytes end within it.</exception>
    internal ElementHeader Read(ReadOnlySpan<byte> bytes, int position, bool isSigned)
    {
        var header = bytes[position..];
        if (header.Length < 8)
        {
            throw new DicomFormatException($"{header.Length} bytes are left, too few for an element", position);
        }

        var tag = Tag(header);
        if (!isExplicit || tag.Group == 0xFFFE)
        {
            return new ElementHeader(tag, DicomDictionary.VrOf(tag, isSigned), UInt32(header[4..]), 8);
        }

        var code = BinaryPrimitives.ReadUInt16BigEndian(header[4..]);
        if (!DicomVr.TryFromCode(code, out var vr))
        {
            // Two spaces stand for a VR that the writer could not tell, with the short length.
            if (code == 0x2020)
            {
                return new ElementHeader(tag, DicomDictionary.VrOf(tag, isSigned), UInt16(header[6..]), 8);
            }

            // No letters: some writers fall back to implicit VR for single elements.
            if (!char.IsAsciiLetterUpper((char)header[4]) || !char.IsAsciiLetterUpper((char)header[5]))
            {
                return new ElementHeader(tag, DicomDictionary.VrOf(tag, isSigned), UInt32(header[4..]), 8);
            }

            // A VR of a later edition has the form of OB (PS3.5 §6.2, note on new VRs).
            vr = DicomVr.UN;
        }

        if (!vr.HasLongLength)
        {
            return new ElementHeader(tag, vr, UInt16(header[6..]), 8);
        }

        return header.Length < 12
            ? throw new DicomFormatException($"{header.Length} bytes are left, too few for an element", position, tag)
            : new ElementHeader(tag, vr, UInt32(header[8..]), 12);
    }

    /// <summary>Reads the header of an item or delimiter: 8 bytes that are there.</summary>
    internal ElementHeader ReadItem(ReadOnlySpan<byte> bytes, int position) =>
        new(Tag(bytes[position..]), default, UInt32(bytes[(position + 4)..]), 8);

    private DicomTag Tag(ReadOnlySpan<byte> bytes) => new(UInt16(bytes), UInt16(bytes[2..]));

    private ushort UInt16(ReadOnlySpan<byte> bytes) =>
        isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private uint UInt32(ReadOnlySpan<byte> bytes) =>
        isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
