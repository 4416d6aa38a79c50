namespace BrainTumorDicom.Dicom.Pixels;

/// <summary>Decodes the frames of one kind of compression (PS3.5 §8.2). Has no state: one serves all threads.</summary>
internal interface IFrameDecoder
{
    /// <summary>The most pixels that so many bytes of codes can stand for; what claims more is refused before room is made.</summary>
    /// <param name="length">Bytes of the codes.</param>
    /// <param name="bitsAllocated">8 or 16.</param>
    public long MostPixelsOf(long length, int bitsAllocated);

    /// <summary>Decodes a frame.</summary>
    /// <param name="codes">The frame's codes, a byte of padding included.</param>
    /// <param name="format">What the data set says of the frame; the codes must agree.</param>
    /// <param name="cells">Receives [rows × columns] pixel cells, row-major; filled wholly.</param>
    /// <exception cref="DicomFormatException">The codes are damaged, or are those of another image.</exception>
    public void Decode(ReadOnlySpan<byte> codes, in PixelFormat format, Span<ushort> cells);
}
