using System.Diagnostics.CodeAnalysis;

namespace BrainTumorDicom.Dicom.UpperLayer;

/// <summary>An application entity title (VR AE, PS3.5 §6.2): 1 to 16 printable ASCII characters without backslash, spaces around it not significant.</summary>
public readonly record struct AeTitle
{
    private const int MaximumLength = 16;
    private readonly string? value;

    /// <summary>Takes a title; spaces around it are trimmed.</summary>
    /// <exception cref="ArgumentException"><paramref name="value"/> is not a title.</exception>
    public AeTitle(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var trimmed = value.Trim(' ');
        if (!IsValid(trimmed))
        {
            throw new ArgumentException($"\"{value}\" is not an AE title: 1 to {MaximumLength} printable ASCII characters without backslash.", nameof(value));
        }

        this.value = trimmed;
    }

    private AeTitle(string value, bool _) => this.value = value;

    /// <summary>The title without padding.</summary>
    public string Value => value ?? "";

    /// <summary>Takes a title where <paramref name="text"/> is one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out AeTitle title)
    {
        var trimmed = text?.Trim(' ');
        var valid = trimmed is not null && IsValid(trimmed);
        title = valid ? new AeTitle(trimmed!, true) : default;
        return valid;
    }

    /// <summary>The title.</summary>
    public override string ToString() => Value;

    /// <summary>The 16 bytes of an A-ASSOCIATE PDU (PS3.8 §9.3.2). A peer's bad title must not break the log, so what is not printable becomes '?'.</summary>
    internal static AeTitle FromWire(ReadOnlySpan<byte> field)
    {
        Span<char> text = stackalloc char[field.Length];
        for (var i = 0; i < field.Length; i++)
        {
            text[i] = field[i] is >= 0x20 and < 0x7F ? (char)field[i] : field[i] == 0 ? ' ' : '?';
        }

        return new AeTitle(text.Trim(' ').ToString(), true);
    }

    private static bool IsValid(string text) =>
        text.Length is >= 1 and <= MaximumLength && text.All(c => c is >= ' ' and < '\x7F' and not '\\');
}
