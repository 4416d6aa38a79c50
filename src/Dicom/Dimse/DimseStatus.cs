using System.Globalization;

namespace BrainTumorDicom.Dicom.Dimse;

/// <summary>The status of a DIMSE response (PS3.7 Annex C, PS3.4 §B.2.3, §C.4.1.1.4).</summary>
/// <param name="Code">As sent in (0000,0900).</param>
public readonly record struct DimseStatus(ushort Code)
{
    /// <summary>0000H.</summary>
    public static DimseStatus Success => new(0x0000);

    /// <summary>0110H: processing failure.</summary>
    public static DimseStatus ProcessingFailure => new(0x0110);

    /// <summary>0112H: no such SOP Instance.</summary>
    public static DimseStatus NoSuchSopInstance => new(0x0112);

    /// <summary>0113H: no such event type.</summary>
    public static DimseStatus NoSuchEventType => new(0x0113);

    /// <summary>0115H: invalid argument value.</summary>
    public static DimseStatus InvalidArgumentValue => new(0x0115);

    /// <summary>0117H: invalid SOP Instance.</summary>
    public static DimseStatus InvalidSopInstance => new(0x0117);

    /// <summary>0122H: SOP Class not supported.</summary>
    public static DimseStatus SopClassNotSupported => new(0x0122);

    /// <summary>0211H: unrecognized operation.</summary>
    public static DimseStatus UnrecognizedOperation => new(0x0211);

    /// <summary>A700H: out of resources.</summary>
    public static DimseStatus OutOfResources => new(0xA700);

    /// <summary>A900H: data set does not match SOP Class.</summary>
    public static DimseStatus DataSetDoesNotMatchSopClass => new(0xA900);

    /// <summary>C000H: cannot understand.</summary>
    public static DimseStatus CannotUnderstand => new(0xC000);

    /// <summary>C122H: transfer syntax not supported. Only in the answer of STOW-RS (PS3.18 Table I.2-2): DIMSE negotiates it.</summary>
    public static DimseStatus TransferSyntaxNotSupported => new(0xC122);

    /// <summary>FE00H: C-FIND ended by a cancel (PS3.4 Table C.4-1).</summary>
    public static DimseStatus Cancel => new(0xFE00);

    /// <summary>Whether more responses follow (PS3.4 Table C.4-1): FF00H, or FF01H where optional keys were not matched.</summary>
    public bool IsPending => Code is 0xFF00 or 0xFF01;

    /// <summary>Whether it is 0000H.</summary>
    public bool IsSuccess => Code == 0;

    /// <summary>Whether the instance was stored with a remark: B000H to BFFFH, 0001H, 0107H, 0116H.</summary>
    public bool IsWarning => (Code & 0xF000) == 0xB000 || Code is 0x0001 or 0x0107 or 0x0116;

    /// <summary>Four hexadecimal digits, as the standard writes them.</summary>
    public override string ToString() => Code.ToString("X4", CultureInfo.InvariantCulture) + "H";
}
