namespace BrainTumorDicom.Training.Data;

/// <summary>Numbers the groups of a training, and joins those that turn out to hold copies of one slice.</summary>
internal sealed class GroupNumbers
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<UInt128, int> _digests = [];
    private readonly List<int> _parents = [];

    /// <summary>The number of the group <paramref name="key"/>; the slice's pixels join it with the group that showed them before.</summary>
    public int Of(string key, UInt128 digest)
    {
        if (!_numbers.TryGetValue(key, out var number))
        {
            number = _parents.Count;
            _parents.Add(number);
            _numbers.Add(key, number);
        }

        if (_digests.TryGetValue(digest, out var other))
        {
            Join(number, other);
        }
        else
        {
            _digests.Add(digest, number);
        }

        return number;
    }

    /// <summary>Makes one group of two.</summary>
    public void Join(int first, int second)
    {
        var (a, b) = (Root(first), Root(second));
        _parents[Math.Max(a, b)] = Math.Min(a, b);
    }

    /// <summary>The group that <paramref name="number"/> ended up in.</summary>
    public int Root(int number)
    {
        while (_parents[number] != number)
        {
            number = _parents[number];
        }

        return number;
    }
}
