using System.Runtime.InteropServices;

namespace BrainTumorDicom.Dicom.Pixels.Jpeg2000;

/// <summary>The functions of OpenJPEG 2 that are used (openjpeg.h).</summary>
internal static unsafe partial class OpenJpegNative
{
    /// <summary>OPJ_CODEC_J2K: a code stream without boxes around it.</summary>
    internal const int CodeStream = 0;

    /// <summary>More bytes than opj_dparameters_t has: it is only handed from one function to the next.</summary>
    internal const int ParametersSize = 1 << 14;

    [LibraryImport(NativeLibraries.OpenJpeg, EntryPoint = "opj_create_decompress")]
    internal static partial nint CreateDecompress(int format);

    [LibraryImport(NativeLibraries.OpenJpeg, EntryPoint = "opj_destroy_codec")]
    internal static partial void DestroyCodec(nint codec);

    [LibraryImport(NativeLibraries.OpenJpeg, EntryPoint = "opj_set_default_decoder_parameters")]
    internal static partial void SetDefaultParameters(byte* parameters);

    [LibraryImport(NativeLibraries.OpenJpeg, EntryPoint = "opj_setup_decoder")]
    internal static partial int SetupDecoder(nint codec, byte* parameters);

    [LibraryImport(NativeLibraries.OpenJpeg, EntryPoint = "opj_set_error_handler")]
    internal static partial int SetErrorHandler(nint codec, delegate* unmanaged<byte*, OpenJpegSource*, void> handler, OpenJpegSource* source);

    [LibraryImport(NativeLibraries.OpenJpeg, EntryPoint = "opj_read_header")]
    internal static partial int ReadHeader(nint stream, nint codec, out OpenJpegImage* image);

    [LibraryImport(NativeLibraries.OpenJpeg, EntryPoint = "opj_decode")]
    internal static partial int Decode(nint codec, nint stream, OpenJpegImage* image);

    [LibraryImport(NativeLibraries.OpenJpeg, EntryPoint = "opj_image_destroy")]
    internal static partial void DestroyImage(OpenJpegImage* image);

    [LibraryImport(NativeLibraries.OpenJpeg, EntryPoint = "opj_stream_default_create")]
    internal static partial nint CreateStream(int isInput);

    [LibraryImport(NativeLibraries.OpenJpeg, EntryPoint = "opj_stream_destroy")]
    internal static partial void DestroyStream(nint stream);

    [LibraryImport(NativeLibraries.OpenJpeg, EntryPoint = "opj_stream_set_user_data")]
    internal static partial void SetUserData(nint stream, OpenJpegSource* source, nint free);

    [LibraryImport(NativeLibraries.OpenJpeg, EntryPoint = "opj_stream_set_user_data_length")]
    internal static partial void SetUserDataLength(nint stream, ulong length);

    [LibraryImport(NativeLibraries.OpenJpeg, EntryPoint = "opj_stream_set_read_function")]
    internal static partial void SetRead(nint stream, delegate* unmanaged<byte*, nuint, OpenJpegSource*, nuint> read);

    [LibraryImport(NativeLibraries.OpenJpeg, EntryPoint = "opj_stream_set_skip_function")]
    internal static partial void SetSkip(nint stream, delegate* unmanaged<long, OpenJpegSource*, long> skip);

    [LibraryImport(NativeLibraries.OpenJpeg, EntryPoint = "opj_stream_set_seek_function")]
    internal static partial void SetSeek(nint stream, delegate* unmanaged<long, OpenJpegSource*, int> seek);
}
