using System.Collections.Frozen;

namespace BrainTumorDicom.Classification.Selection;

/// <summary>The words of a description: letters and digits between anything else, lower case.</summary>
/// <remarks>Descriptions are free text from the console; a short word counts only when it stands alone (<c>hip</c> is in <c>hippocampus</c>).</remarks>
internal readonly struct HeaderWords
{
    private readonly string text;
    private readonly string[] words;

    public HeaderWords(params ReadOnlySpan<string> descriptions)
    {
        text = string.Join(' ', descriptions).ToLowerInvariant();
        var separated = new string([.. text.Select(character => char.IsAsciiLetterOrDigit(character) ? character : ' ')]);
        words = separated.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Whether nothing is said.</summary>
    public bool IsEmpty => words.Length == 0;

    /// <summary>The first of <paramref name="wanted"/> that stands alone, or <see langword="null"/>.</summary>
    public string? FirstOf(FrozenSet<string> wanted) => words.FirstOrDefault(wanted.Contains);

    /// <summary>The first of <paramref name="parts"/> that occurs anywhere, or <see langword="null"/>.</summary>
    public string? FirstPart(params ReadOnlySpan<string> parts)
    {
        foreach (var part in parts)
        {
            if (text.Contains(part, StringComparison.Ordinal))
            {
                return part;
            }
        }

        return null;
    }
}
