using System.Runtime.InteropServices;

namespace BrainTumorDicom.Dicom.Pixels.JpegLs;

/// <summary>The functions of CharLS 2 that are used (charls_jpegls_decoder.h). Each returns 0 or an error number.</summary>
internal static unsafe partial class CharLsNative
{
    [LibraryImport(NativeLibraries.CharLs, EntryPoint = "charls_jpegls_decoder_create")]
    internal static partial nint Create();

    [LibraryImport(NativeLibraries.CharLs, EntryPoint = "charls_jpegls_decoder_destroy")]
    internal static partial void Destroy(nint decoder);

    [LibraryImport(NativeLibraries.CharLs, EntryPoint = "charls_jpegls_decoder_set_source_buffer")]
    internal static partial int SetSource(nint decoder, byte* source, nuint length);

    [LibraryImport(NativeLibraries.CharLs, EntryPoint = "charls_jpegls_decoder_read_header")]
    internal static partial int ReadHeader(nint decoder);

    [LibraryImport(NativeLibraries.CharLs, EntryPoint = "charls_jpegls_decoder_get_frame_info")]
    internal static partial int GetFrameInfo(nint decoder, out CharLsFrameInfo frame);

    [LibraryImport(NativeLibraries.CharLs, EntryPoint = "charls_jpegls_decoder_get_near_lossless")]
    internal static partial int GetNearLossless(nint decoder, int component, out int near);

    [LibraryImport(NativeLibraries.CharLs, EntryPoint = "charls_jpegls_decoder_decode_to_buffer")]
    internal static partial int Decode(nint decoder, void* destination, nuint length, uint stride);

    [LibraryImport(NativeLibraries.CharLs, EntryPoint = "charls_get_error_message")]
    internal static partial nint GetErrorMessage(int error);
}
