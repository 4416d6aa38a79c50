namespace BrainTumorDicom.Fuzz.Mutation;

/// <summary>Changes lines that end with CR LF, as headers and boundaries of MIME do: without, twice, elsewhere, another end, or a boundary of another.</summary>
internal sealed class LineMutator : IMutator
{
    /// <inheritdoc/>
    public byte[] Mutate(byte[] input, Random random)
    {
        var lines = Lines(input);
        if (lines.Count < 2)
        {
            return input;
        }

        var (one, other) = (lines[random.Next(lines.Count)], lines[random.Next(lines.Count)]);
        var line = input.AsSpan(one);
        var at = other.Start.Value;
        return random.Next(6) switch
        {
            0 => [.. input.AsSpan(0, one.Start.Value), .. input.AsSpan(one.End.Value)],
            1 or 2 => [.. input.AsSpan(0, at), .. line, .. input.AsSpan(at)],
            3 => [.. input.AsSpan(0, one.End.Value - 2), .. input.AsSpan(one.End.Value - random.Next(2))],
            4 => [.. input.AsSpan(0, one.End.Value - 2), (byte)" -:\t"[random.Next(4)], .. input.AsSpan(one.End.Value - 2)],
            _ => [.. input.AsSpan(0, one.Start.Value), .. input.AsSpan(other), .. input.AsSpan(one.End.Value)],
        };
    }

    private static List<Range> Lines(byte[] input)
    {
        var lines = new List<Range>();
        var start = 0;
        while (lines.Count < 256 && input.AsSpan(start).IndexOf("\r\n"u8) is >= 0 and var length)
        {
            lines.Add(start..(start + length + 2));
            start += length + 2;
        }

        return lines;
    }
}
