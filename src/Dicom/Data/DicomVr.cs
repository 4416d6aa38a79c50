using System.Diagnostics.CodeAnalysis;

namespace BrainTumorDicom.Dicom.Data;

/// <summary>A value representation (PS3.5 §6.2).</summary>
public readonly record struct DicomVr
{
    private readonly ushort code;

    private DicomVr(ushort code) => this.code = code;

    /// <summary>Application Entity.</summary>
    public static DicomVr AE => new(0x4145);

    /// <summary>Age String.</summary>
    public static DicomVr AS => new(0x4153);

    /// <summary>Attribute Tag.</summary>
    public static DicomVr AT => new(0x4154);

    /// <summary>Code String.</summary>
    public static DicomVr CS => new(0x4353);

    /// <summary>Date.</summary>
    public static DicomVr DA => new(0x4441);

    /// <summary>Decimal String.</summary>
    public static DicomVr DS => new(0x4453);

    /// <summary>Date Time.</summary>
    public static DicomVr DT => new(0x4454);

    /// <summary>Floating Point Double.</summary>
    public static DicomVr FD => new(0x4644);

    /// <summary>Floating Point Single.</summary>
    public static DicomVr FL => new(0x464C);

    /// <summary>Integer String.</summary>
    public static DicomVr IS => new(0x4953);

    /// <summary>Long String.</summary>
    public static DicomVr LO => new(0x4C4F);

    /// <summary>Long Text.</summary>
    public static DicomVr LT => new(0x4C54);

    /// <summary>Other Byte.</summary>
    public static DicomVr OB => new(0x4F42);

    /// <summary>Other Double.</summary>
    public static DicomVr OD => new(0x4F44);

    /// <summary>Other Float.</summary>
    public static DicomVr OF => new(0x4F46);

    /// <summary>Other Long.</summary>
    public static DicomVr OL => new(0x4F4C);

    /// <summary>Other 64-bit Very Long.</summary>
    public static DicomVr OV => new(0x4F56);

    /// <summary>Other Word.</summary>
    public static DicomVr OW => new(0x4F57);

    /// <summary>Person Name.</summary>
    public static DicomVr PN => new(0x504E);

    /// <summary>Short String.</summary>
    public static DicomVr SH => new(0x5348);

    /// <summary>Signed Long.</summary>
    public static DicomVr SL => new(0x534C);

    /// <summary>Sequence of Items.</summary>
    public static DicomVr SQ => new(0x5351);

    /// <summary>Signed Short.</summary>
    public static DicomVr SS => new(0x5353);

    /// <summary>Short Text.</summary>
    public static DicomVr ST => new(0x5354);

    /// <summary>Signed 64-bit Very Long.</summary>
    public static DicomVr SV => new(0x5356);

    /// <summary>Time.</summary>
    public static DicomVr TM => new(0x544D);

    /// <summary>Unlimited Characters.</summary>
    public static DicomVr UC => new(0x5543);

    /// <summary>Unique Identifier.</summary>
    public static DicomVr UI => new(0x5549);

    /// <summary>Unsigned Long.</summary>
    public static DicomVr UL => new(0x554C);

    /// <summary>Unknown.</summary>
    public static DicomVr UN => new(0x554E);

    /// <summary>Universal Resource Identifier.</summary>
    public static DicomVr UR => new(0x5552);

    /// <summary>Unsigned Short.</summary>
    public static DicomVr US => new(0x5553);

    /// <summary>Unlimited Text.</summary>
    public static DicomVr UT => new(0x5554);

    /// <summary>Unsigned 64-bit Very Long.</summary>
    public static DicomVr UV => new(0x5556);

    /// <summary>The two characters as one number, the first in the high byte.</summary>
    internal ushort Code => code;

    /// <summary>Whether the explicit form has two reserved bytes and a 32-bit length (PS3.5 Table 7.1-1).</summary>
    public bool HasLongLength => VrTraits.Of(code).HasFlag(VrTraits.Flags.LongLength);

    /// <summary>Whether the value is characters.</summary>
    public bool IsText => VrTraits.Of(code).HasFlag(VrTraits.Flags.Text);

    /// <summary>Whether Specific Character Set (0008,0005) says how the characters are encoded (PS3.5 §6.1.2.2).</summary>
    public bool IsAffectedByCharacterSet => VrTraits.Of(code).HasFlag(VrTraits.Flags.CharacterSet);

    /// <summary>Whether a backslash separates several values (PS3.5 §6.4).</summary>
    public bool IsMultiValueText => VrTraits.Of(code).HasFlag(VrTraits.Flags.Backslash);

    /// <summary>Whether the value is a stream of bytes or words without a multiplicity (OB, OW, UN and the like).</summary>
    public bool IsBulk => VrTraits.Of(code).HasFlag(VrTraits.Flags.Bulk);

    /// <summary>Bytes that change places between the byte orders: 1, 2, 4 or 8.</summary>
    public int UnitSize => VrTraits.UnitSize(code);

    /// <summary>The byte that makes the length even (PS3.5 §6.2): space for text, 00H for UI and the rest.</summary>
    internal byte Padding => IsText && this != UI ? (byte)' ' : (byte)0;

    /// <summary>Reads the two letters.</summary>
    /// <exception cref="FormatException"><paramref name="text"/> is no VR of PS3.5.</exception>
    public static DicomVr Parse(string text) =>
        TryParse(text, out var vr) ? vr : throw new FormatException($"\"{text}\" is not a value representation of PS3.5.");

    /// <summary>As <see cref="Parse"/>, without an exception.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out DicomVr vr)
    {
        vr = default;
        return text is { Length: 2 } && char.IsAscii(text[0]) && char.IsAscii(text[1])
            && TryFromCode((ushort)((text[0] << 8) | text[1]), out vr);
    }

    internal static bool TryFromCode(ushort code, out DicomVr vr)
    {
        vr = new DicomVr(code);
        return VrTraits.IsKnown(code);
    }

    /// <summary>The two letters.</summary>
    public override string ToString() => code == 0 ? "" : string.Create(2, code, static (text, code) =>
    {
        text[0] = (char)(code >> 8);
        text[1] = (char)(code & 0xFF);
    });
}
