using System.Buffers.Binary;
using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Fuzz.Mutation;

/// <summary>Changes tag, VR, length or value of a data element (PS3.5 §7.1), or moves whole elements.</summary>
/// <param name="skip">Bytes before the first element.</param>
/// <param name="isExplicit">Whether elements carry their VR.</param>
/// <param name="isBigEndian">The byte order.</param>
internal sealed class ElementMutator(int skip, bool isExplicit, bool isBigEndian) : IMutator
{
    private const int MostElements = 512;
    private static readonly uint[] Tags =
    [
        0x00000000, 0x00020010, 0x00080005, 0x00080016, 0x00080018, 0x00081140, 0x00100010, 0x00280002, 0x00280008, 0x00280010, 0x00280011,
        0x00280100, 0x00280101, 0x00280102, 0x00280103, 0x00281052, 0x00290010, 0x00291001, 0x52009230, 0x7FE00001, 0x7FE00010,
        0xFFFCFFFC, 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD,
    ];

    private static readonly string[] Vrs =
    [
        "AE", "AS", "AT", "CS", "DA", "DS", "DT", "FD", "FL", "IS", "LO", "LT", "OB", "OD", "OF", "OL", "OV", "OW", "PN", "SH", "SL", "SQ",
        "SS", "ST", "SV", "TM", "UC", "UI", "UL", "UN", "UR", "US", "UT", "UV", "ZZ", "  ", "\0\0", "un",
    ];

    private readonly record struct Place(int Start, int Value, int End, int LengthSize);

    /// <inheritdoc/>
    public byte[] Mutate(byte[] input, Random random)
    {
        var places = Find(input);
        if (places.Count == 0)
        {
            return input;
        }

        var place = places[random.Next(places.Count)];
        var bytes = input.ToArray();
        switch (random.Next(8))
        {
            case 0 or 1:
                Numbers.Change(bytes.AsSpan(place.Value - place.LengthSize, place.LengthSize), isBigEndian, bytes.Length - place.Value, random);
                return bytes;
            case 2:
                WriteTag(bytes.AsSpan(place.Start), Tags[random.Next(Tags.Length)]);
                return bytes;
            case 3 when isExplicit:
                var vr = Vrs[random.Next(Vrs.Length)];
                (bytes[place.Start + 4], bytes[place.Start + 5]) = ((byte)vr[0], (byte)vr[1]);
                return bytes;
            case 4:
                return [.. input.AsSpan(0, place.Start), .. input.AsSpan(place.End)];
            case 5:
                var at = places[random.Next(places.Count)].Start;
                return [.. input.AsSpan(0, at), .. input.AsSpan(place.Start, place.End - place.Start), .. input.AsSpan(at)];
            case 6:
                return Nested(input, place, random);
            default:
                for (var i = place.Value; i < place.End && i < place.Value + 8; i++)
                {
                    bytes[i] = random.Next(2) == 0 ? bytes[i] : (byte)random.Next(256);
                }

                return bytes;
        }
    }

    /// <summary>The elements as far as they can be followed, those inside of sequences too.</summary>
    private List<Place> Find(byte[] input)
    {
        var places = new List<Place>();
        var at = skip;
        while (at + 8 <= input.Length && places.Count < MostElements)
        {
            var tag = ((uint)UInt16(input.AsSpan(at)) << 16) | UInt16(input.AsSpan(at + 2));
            var isItem = tag >> 16 == 0xFFFE;
            var code = BinaryPrimitives.ReadUInt16BigEndian(input.AsSpan(at + 4));
            var hasVr = isExplicit && !isItem && DicomVr.TryFromCode(code, out _);
            _ = DicomVr.TryFromCode(code, out var vr);
            var lengthSize = hasVr && !vr.HasLongLength ? 2 : 4;
            var value = at + (hasVr && vr.HasLongLength ? 12 : 8);
            if (value > input.Length)
            {
                break;
            }

            var length = lengthSize == 2 ? UInt16(input.AsSpan(value - 2)) : UInt32(input.AsSpan(value - 4));
            var isOpen = isItem || length == uint.MaxValue || (hasVr && vr == DicomVr.SQ);
            var end = (int)Math.Min(input.Length, isOpen ? value : value + (long)length);
            places.Add(new Place(at, value, end, lengthSize));
            at = end;
        }

        return places;
    }

    /// <summary>Puts sequences of undefined length, one in the other, before an element: up to far deeper than any reader may follow.</summary>
    private byte[] Nested(byte[] input, Place place, Random random)
    {
        var depth = random.Next(4) switch { 0 => 1, 1 => 63, 2 => 65, _ => random.Next(2, 4000) };
        var header = new byte[isExplicit ? 20 : 16];
        WriteTag(header, 0x00081140);
        if (isExplicit)
        {
            (header[4], header[5]) = ((byte)'S', (byte)'Q');
        }

        header.AsSpan(header.Length - 12, 4).Fill(0xFF);
        WriteTag(header.AsSpan(header.Length - 8), 0xFFFEE000);
        header.AsSpan(header.Length - 4).Fill(0xFF);
        var output = new List<byte>(input.AsSpan(0, place.Start).ToArray());
        for (var i = 0; i < depth; i++)
        {
            output.AddRange(header);
        }

        output.AddRange(input.AsSpan(place.Start));
        return [.. output];
    }

    private void WriteTag(Span<byte> at, uint tag)
    {
        if (isBigEndian)
        {
            BinaryPrimitives.WriteUInt32BigEndian(at, tag);
            return;
        }

        BinaryPrimitives.WriteUInt16LittleEndian(at, (ushort)(tag >> 16));
        BinaryPrimitives.WriteUInt16LittleEndian(at[2..], (ushort)tag);
    }

    private ushort UInt16(ReadOnlySpan<byte> at) => isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(at) : BinaryPrimitives.ReadUInt16LittleEndian(at);

    private uint UInt32(ReadOnlySpan<byte> at) => isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(at) : BinaryPrimitives.ReadUInt32LittleEndian(at);
}
