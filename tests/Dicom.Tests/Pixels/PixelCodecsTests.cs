using System.Runtime.InteropServices;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.Pixels;

namespace BrainTumorDicom.Dicom.Tests.Pixels;

public sealed class PixelCodecsTests
{
    [Fact]
    public void What_is_decoded_here_is_what_is_negotiated()
    {
        var options = new DicomServerOptions();

        Assert.Equal(PixelCodecs.Decodable, options.AcceptedTransferSyntaxes);
        Assert.All(PixelCodecs.Decodable, uid => Assert.True(PixelCodecs.CanDecode(uid)));
    }

    [Fact]
    public void Native_RLE_and_JPEG_are_always_decoded()
    {
        DicomUid[] always =
        [
            DicomUid.ImplicitVRLittleEndian, DicomUid.ExplicitVRLittleEndian, DicomUid.DeflatedExplicitVRLittleEndian, DicomUid.ExplicitVRBigEndian,
            DicomUid.RLELossless, DicomUid.JPEGBaseline8Bit, DicomUid.JPEGExtended12Bit, DicomUid.JPEGLossless, DicomUid.JPEGLosslessSV1,
        ];

        Assert.All(always, uid => Assert.True(PixelCodecs.CanDecode(uid.Value), uid.Name));
        Assert.False(PixelCodecs.CanDecode(DicomUid.MPEG2MPML.Value));
        Assert.False(PixelCodecs.CanDecode("1.2.3"));
    }

    [Theory]
    [InlineData("1.2.840.10008.1.2.4.80", "libcharls.so.2", "charls-2-x64.dll")]
    [InlineData("1.2.840.10008.1.2.4.81", "libcharls.so.2", "charls-2-x64.dll")]
    [InlineData("1.2.840.10008.1.2.4.90", "libopenjp2.so.7", "openjp2.dll")]
    [InlineData("1.2.840.10008.1.2.4.91", "libopenjp2.so.7", "openjp2.dll")]
    public void JPEG_LS_and_JPEG_2000_are_decoded_where_their_library_is(string uid, string linux, string windows)
    {
        var isThere = NativeLibrary.TryLoad(OperatingSystem.IsWindows() ? windows : linux, out _);

        Assert.Equal(isThere, PixelCodecs.CanDecode(uid));
        Assert.NotEqual("", PixelCodecs.Missing(uid));
    }
}
