namespace BrainTumorDicom.Dicom.Pixels.Jpeg;

/// <summary>One component of a frame (T.81 §B.2.2) and its coefficients.</summary>
internal sealed class JpegComponent(byte id, int horizontal, int vertical, int quantizationTable)
{
    /// <summary>Component identifier.</summary>
    public byte Id => id;

    /// <summary>Horizontal sampling factor.</summary>
    public int Horizontal => horizontal;

    /// <summary>Vertical sampling factor.</summary>
    public int Vertical => vertical;

    /// <summary>Which quantization table it uses.</summary>
    public int QuantizationTable => quantizationTable;

    /// <summary>The values of that table when its first scan began, in zigzag order; <see langword="null"/> before.</summary>
    public ushort[]? Quantization { get; set; }

    /// <summary>Blocks in a row that carry picture.</summary>
    public int BlockColumns { get; private set; }

    /// <summary>Rows of blocks that carry picture.</summary>
    public int BlockRows { get; private set; }

    /// <summary>Blocks in a row of <see cref="Coefficients"/>, with those that only fill up the last MCU.</summary>
    public int Stride { get; private set; }

    /// <summary>[block rows × <see cref="Stride"/> × 64] coefficients in natural order; empty for a component whose values are not wanted.</summary>
    public short[] Coefficients { get; private set; } = [];

    /// <summary>DC predictor.</summary>
    public int Predictor { get; set; }

    /// <summary>DC table of the current scan.</summary>
    public JpegHuffmanTable? DcTable { get; set; }

    /// <summary>AC table of the current scan.</summary>
    public JpegHuffmanTable? AcTable { get; set; }

    /// <summary>[rows × columns] samples of a lossless frame; empty for others.</summary>
    public ushort[] Samples { get; set; } = [];

    /// <summary>Whether its values are kept.</summary>
    public bool IsWanted => Coefficients.Length > 0;

    /// <summary>Sets the number of blocks (T.81 §A.1.1, §A.2.4).</summary>
    public void Measure(JpegFrame frame)
    {
        BlockColumns = DivideUp(DivideUp(frame.Columns * horizontal, frame.MaxHorizontal), 8);
        BlockRows = DivideUp(DivideUp(frame.Rows * vertical, frame.MaxVertical), 8);
        Stride = frame.McuColumns * horizontal;
    }

    /// <summary>Makes room for the coefficients.</summary>
    public void Want(JpegFrame frame) => Coefficients = new short[checked(Stride * frame.McuRows * vertical * 64)];

    private static int DivideUp(int value, int divisor) => (value + divisor - 1) / divisor;
}
