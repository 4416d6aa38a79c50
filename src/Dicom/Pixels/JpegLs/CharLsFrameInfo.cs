using System.Runtime.InteropServices;

namespace BrainTumorDicom.Dicom.Pixels.JpegLs;

/// <summary>charls_frame_info.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CharLsFrameInfo
{
    public uint Width;
    public uint Height;
    public int BitsPerSample;
    public int ComponentCount;
}
