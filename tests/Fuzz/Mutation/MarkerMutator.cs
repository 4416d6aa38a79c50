using System.Buffers.Binary;

namespace BrainTumorDicom.Fuzz.Mutation;

/// <summary>Changes marker segments of JPEG, JPEG-LS and JPEG 2000, wherever they stand in the input: code, length, or what they say.</summary>
internal sealed class MarkerMutator : IMutator
{
    private static readonly byte[] Codes =
    [
        0x4F, 0x51, 0x52, 0x53, 0x5C, 0x5D, 0x64, 0x90, 0x93, 0xC0, 0xC1, 0xC2, 0xC3, 0xC4, 0xC9, 0xD0, 0xD7, 0xD8, 0xD9, 0xDA, 0xDB, 0xDC, 0xDD, 0xE0, 0xF7, 0xF8, 0xFE, 0xFF,
    ];

    /// <inheritdoc/>
    public byte[] Mutate(byte[] input, Random random)
    {
        var markers = new List<int>();
        for (var i = 0; i + 20 < input.Length && markers.Count < 256; i++)
        {
            if (input[i] == 0xFF && Codes.AsSpan().Contains(input[i + 1]))
            {
                markers.Add(i);
            }
        }

        if (markers.Count == 0)
        {
            return input;
        }

        var at = markers[random.Next(markers.Count)];
        var bytes = input.ToArray();
        switch (random.Next(5))
        {
            case 0:
                bytes[at + 1] = Codes[random.Next(Codes.Length)];
                return bytes;
            case 1:
                Numbers.Change(bytes.AsSpan(at + 2, 2), isBigEndian: true, bytes.Length - at - 2, random);
                return bytes;
            case 2:
                var end = Math.Min(input.Length, at + 2 + BinaryPrimitives.ReadUInt16BigEndian(input.AsSpan(at + 2)));
                var to = markers[random.Next(markers.Count)];
                return [.. input.AsSpan(0, to), .. input.AsSpan(at, end - at), .. input.AsSpan(to)];
            default:
                var width = 1 << random.Next(3);
                Numbers.Change(bytes.AsSpan(at + 4 + random.Next(13), width), isBigEndian: true, bytes.Length - at, random);
                return bytes;
        }
    }
}
