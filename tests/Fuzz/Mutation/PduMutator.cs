using System.Buffers.Binary;

namespace BrainTumorDicom.Fuzz.Mutation;

/// <summary>Changes type or length of PDUs and of the items and PDVs in them (PS3.8 §9.3), or moves whole PDUs.</summary>
internal sealed class PduMutator : IMutator
{
    private readonly record struct Place(int Start, int Length, int LengthSize, int End);

    /// <inheritdoc/>
    public byte[] Mutate(byte[] input, Random random)
    {
        var pdus = Pdus(input);
        if (pdus.Count == 0)
        {
            return input;
        }

        var pdu = pdus[random.Next(pdus.Count)];
        var bytes = input.ToArray();
        switch (random.Next(6))
        {
            case 0:
                bytes[pdu.Start] = (byte)random.Next(0, 9);
                return bytes;
            case 1:
                Numbers.Change(bytes.AsSpan(pdu.Length, 4), isBigEndian: true, bytes.Length - pdu.Length - 4, random);
                return bytes;
            case 2:
                return [.. input.AsSpan(0, pdu.Start), .. input.AsSpan(pdu.End)];
            case 3:
                var at = pdus[random.Next(pdus.Count)].Start;
                return [.. input.AsSpan(0, at), .. input.AsSpan(pdu.Start, pdu.End - pdu.Start), .. input.AsSpan(at)];
            default:
                var parts = Parts(input, pdu);
                if (parts.Count > 0)
                {
                    var part = parts[random.Next(parts.Count)];
                    if (random.Next(3) == 0)
                    {
                        bytes[part.Start] = (byte)random.Next(256);
                    }
                    else
                    {
                        Numbers.Change(bytes.AsSpan(part.Length, part.LengthSize), isBigEndian: true, pdu.End - part.Length - part.LengthSize, random);
                    }
                }

                return bytes;
        }
    }

    private static List<Place> Pdus(byte[] input)
    {
        var places = new List<Place>();
        for (var at = 0; at + 6 <= input.Length;)
        {
            var end = (int)Math.Min(input.Length, at + 6 + (long)BinaryPrimitives.ReadUInt32BigEndian(input.AsSpan(at + 2)));
            places.Add(new Place(at, at + 2, 4, end));
            at = end;
        }

        return places;
    }

    /// <summary>PDVs of P-DATA-TF; of the others the items after the fixed fields, with the items in presentation contexts and user information.</summary>
    private static List<Place> Parts(byte[] input, Place pdu)
    {
        var parts = new List<Place>();
        if (input[pdu.Start] == 4)
        {
            for (var at = pdu.Start + 6; at + 6 <= pdu.End;)
            {
                var end = (int)Math.Min(pdu.End, at + 4 + (long)BinaryPrimitives.ReadUInt32BigEndian(input.AsSpan(at)));
                parts.Add(new Place(at + 4, at, 4, end));
                at = end;
            }

            return parts;
        }

        Items(input, pdu.Start + 6 + 68, pdu.End, parts);
        return parts;
    }

    private static void Items(byte[] input, int at, int end, List<Place> parts)
    {
        while (at + 4 <= end)
        {
            var next = Math.Min(end, at + 4 + BinaryPrimitives.ReadUInt16BigEndian(input.AsSpan(at + 2)));
            parts.Add(new Place(at, at + 2, 2, next));
            if (input[at] is 0x20 or 0x21)
            {
                Items(input, at + 8, next, parts);
            }
            else if (input[at] == 0x50)
            {
                Items(input, at + 4, next, parts);
            }

            at = next;
        }
    }
}
