using System.Collections.Frozen;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Pixels.Jpeg;
using BrainTumorDicom.Dicom.Pixels.Jpeg2000;
using BrainTumorDicom.Dicom.Pixels.JpegLs;
using BrainTumorDicom.Dicom.Pixels.Rle;

namespace BrainTumorDicom.Dicom.Pixels;

/// <summary>Which transfer syntaxes' pixels can be read here and now. JPEG-LS and JPEG 2000 need a library of the system.</summary>
public static class PixelCodecs
{
    /// <summary>Most pixels of a compressed frame.</summary>
    internal const long MostPixels = 1L << 28;

    private static readonly string[] Native =
    [
        DicomUid.ExplicitVRLittleEndian.Value,
        DicomUid.ImplicitVRLittleEndian.Value,
        DicomUid.DeflatedExplicitVRLittleEndian.Value,
        DicomUid.ExplicitVRBigEndian.Value,
    ];

    private static readonly FrozenDictionary<string, IFrameDecoder> Decoders = FindDecoders();

    /// <summary>UIDs of every transfer syntax whose monochrome pixels can be read in this process, native ones first.</summary>
    public static IReadOnlyList<string> Decodable { get; } = [.. Native, .. Decoders.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Whether pixels of a transfer syntax can be read in this process.</summary>
    public static bool CanDecode(string transferSyntaxUid) => Native.Contains(transferSyntaxUid) || Decoders.ContainsKey(transferSyntaxUid);

    /// <summary>The decoder of an encapsulated transfer syntax, or <see langword="null"/>.</summary>
    internal static IFrameDecoder? Find(string transferSyntaxUid) => Decoders.GetValueOrDefault(transferSyntaxUid);

    /// <summary>What has to be installed to read a transfer syntax, as the end of a sentence; empty where nothing would help.</summary>
    internal static string Missing(string transferSyntaxUid) =>
        JpegLsSyntaxes.Contains(transferSyntaxUid) ? $": {CharLsDecoder.Library} is not installed"
        : Jpeg2000Syntaxes.Contains(transferSyntaxUid) ? $": {OpenJpegDecoder.Library} is not installed"
        : "";

    private static string[] JpegSyntaxes =>
        [DicomUid.JPEGBaseline8Bit.Value, DicomUid.JPEGExtended12Bit.Value, DicomUid.JPEGLossless.Value, DicomUid.JPEGLosslessSV1.Value];

    /// <summary>What is decoded where CharLS is.</summary>
    internal static string[] JpegLsSyntaxes => [DicomUid.JPEGLSLossless.Value, DicomUid.JPEGLSNearLossless.Value];

    /// <summary>What is decoded where OpenJPEG is.</summary>
    internal static string[] Jpeg2000Syntaxes => [DicomUid.JPEG2000Lossless.Value, DicomUid.JPEG2000.Value];

    private static FrozenDictionary<string, IFrameDecoder> FindDecoders()
    {
        var decoders = new Dictionary<string, IFrameDecoder> { [DicomUid.RLELossless.Value] = new RleDecoder() };
        Add(JpegSyntaxes, new JpegFrameDecoder());
        if (CharLsDecoder.IsThere)
        {
            Add(JpegLsSyntaxes, new CharLsDecoder());
        }

        if (OpenJpegDecoder.IsThere)
        {
            Add(Jpeg2000Syntaxes, new OpenJpegDecoder());
        }

        return decoders.ToFrozenDictionary();

        void Add(string[] syntaxes, IFrameDecoder decoder)
        {
            foreach (var syntax in syntaxes)
            {
                decoders.Add(syntax, decoder);
            }
        }
    }
}
