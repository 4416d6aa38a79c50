namespace BrainTumorDicom.Fuzz.Mutation;

/// <summary>Changes that know nothing of a format.</summary>
internal static class ByteMutator
{
    /// <summary>One change, at random.</summary>
    /// <param name="input">Stays as it is.</param>
    /// <param name="other">Another input, to take parts of.</param>
    /// <param name="random">Chooses.</param>
    internal static byte[] Mutate(byte[] input, byte[] other, Random random)
    {
        if (input.Length == 0)
        {
            return other;
        }

        return random.Next(10) switch
        {
            0 or 1 => Over(input, random, (bytes, at) => bytes[at] ^= (byte)(1 << random.Next(8))),
            2 or 3 => Over(input, random, (bytes, at) => bytes[at] = (byte)random.Next(256)),
            4 => Field(input, random),
            5 => input[..random.Next(input.Length)],
            6 => Without(input, random),
            7 => Twice(input, random),
            8 => Splice(input, other, random),
            _ => Swapped(input, random),
        };
    }

    /// <summary>A part of <paramref name="input"/>: mostly short.</summary>
    private static Range Part(byte[] input, Random random)
    {
        var start = random.Next(input.Length);
        var length = random.Next(1, 1 + Math.Min(input.Length - start, random.Next(4) == 0 ? input.Length : 32));
        return start..(start + length);
    }

    private static byte[] Over(byte[] input, Random random, Action<byte[], int> change)
    {
        var bytes = input.ToArray();
        for (var i = 1 + random.Next(3); i > 0; i--)
        {
            change(bytes, random.Next(bytes.Length));
        }

        return bytes;
    }

    private static byte[] Field(byte[] input, Random random)
    {
        var bytes = input.ToArray();
        var width = Math.Min(bytes.Length, 1 << random.Next(3)) switch { 3 => 2, var fits => fits };
        var at = random.Next(bytes.Length - width + 1);
        Numbers.Change(bytes.AsSpan(at, width), random.Next(2) == 0, bytes.Length - at - width, random);
        return bytes;
    }

    private static byte[] Without(byte[] input, Random random)
    {
        var (start, length) = Part(input, random).GetOffsetAndLength(input.Length);
        return [.. input.AsSpan(0, start), .. input.AsSpan(start + length)];
    }

    private static byte[] Twice(byte[] input, Random random)
    {
        var (start, length) = Part(input, random).GetOffsetAndLength(input.Length);
        var at = random.Next(input.Length + 1);
        return [.. input.AsSpan(0, at), .. input.AsSpan(start, length), .. input.AsSpan(at)];
    }

    private static byte[] Splice(byte[] input, byte[] other, Random random)
    {
        if (other.Length == 0)
        {
            return input;
        }

        if (random.Next(2) == 0)
        {
            return [.. input.AsSpan(0, random.Next(input.Length + 1)), .. other.AsSpan(random.Next(other.Length))];
        }

        var at = random.Next(input.Length + 1);
        return [.. input.AsSpan(0, at), .. other[Part(other, random)], .. input.AsSpan(at)];
    }

    private static byte[] Swapped(byte[] input, Random random)
    {
        var bytes = input.ToArray();
        var length = random.Next(1, 1 + Math.Min(16, bytes.Length));
        var (first, second) = (random.Next(bytes.Length - length + 1), random.Next(bytes.Length - length + 1));
        input.AsSpan(first, length).CopyTo(bytes.AsSpan(second));
        input.AsSpan(second, length).CopyTo(bytes.AsSpan(first));
        return bytes;
    }
}
