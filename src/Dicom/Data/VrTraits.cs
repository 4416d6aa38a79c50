namespace BrainTumorDicom.Dicom.Data;

/// <summary>What PS3.5 Table 6.2-1 says of each value representation.</summary>
internal static class VrTraits
{
    private const Flags List = Flags.Known | Flags.Text | Flags.Backslash;

    [Flags]
    internal enum Flags
    {
        None = 0,
        Known = 1,
        LongLength = 2,
        Text = 4,
        CharacterSet = 8,
        Backslash = 16,
        Bulk = 32,
    }

    internal static bool IsKnown(ushort code) => Of(code) != Flags.None;

    internal static Flags Of(ushort code) => code switch
    {
        0x4145 or 0x4153 or 0x4353 or 0x4441 or 0x4453 or 0x4454 or 0x4953 or 0x544D or 0x5549 => List, // AE AS CS DA DS DT IS TM UI
        0x4C4F or 0x504E or 0x5348 => List | Flags.CharacterSet, // LO PN SH
        0x4C54 or 0x5354 => Flags.Known | Flags.Text | Flags.CharacterSet, // LT ST
        0x5543 => List | Flags.CharacterSet | Flags.LongLength, // UC
        0x5554 => Flags.Known | Flags.Text | Flags.CharacterSet | Flags.LongLength, // UT
        0x5552 => Flags.Known | Flags.Text | Flags.LongLength, // UR
        0x4154 or 0x4644 or 0x464C or 0x534C or 0x5353 or 0x554C or 0x5553 => Flags.Known, // AT FD FL SL SS UL US
        0x5356 or 0x5556 or 0x5351 => Flags.Known | Flags.LongLength, // SV UV SQ
        0x4F42 or 0x4F44 or 0x4F46 or 0x4F4C or 0x4F56 or 0x4F57 or 0x554E => Flags.Known | Flags.LongLength | Flags.Bulk, // OB OD OF OL OV OW UN
        _ => Flags.None,
    };

    internal static int UnitSize(ushort code) => code switch
    {
        0x4154 or 0x5353 or 0x5553 or 0x4F57 => 2, // AT SS US OW
        0x464C or 0x534C or 0x554C or 0x4F46 or 0x4F4C => 4, // FL SL UL OF OL
        0x4644 or 0x5356 or 0x5556 or 0x4F44 or 0x4F56 => 8, // FD SV UV OD OV
        _ => 1,
    };
}
