using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Dicom.Files;

/// <summary>Turns values between the byte orders (PS3.5 §7.3).</summary>
internal static class ByteOrder
{
    /// <summary>A copy with the bytes of every unit in reverse; the same memory where units are single bytes.</summary>
    internal static ReadOnlyMemory<byte> Swapped(ReadOnlyMemory<byte> value, DicomVr vr)
    {
        var size = vr.UnitSize;
        if (size == 1)
        {
            return value;
        }

        var swapped = value.ToArray();
        for (var i = 0; i + size <= swapped.Length; i += size)
        {
            swapped.AsSpan(i, size).Reverse();
        }

        return swapped;
    }
}
