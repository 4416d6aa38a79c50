using System.Runtime.InteropServices;

namespace BrainTumorDicom.Dicom.Pixels.Jpeg2000;

/// <summary>opj_image_t.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct OpenJpegImage
{
    public uint X0;
    public uint Y0;
    public uint X1;
    public uint Y1;
    public uint ComponentCount;
    public int ColorSpace;
    public OpenJpegComponent* Components;
    public nint IccProfile;
    public uint IccProfileLength;
}
