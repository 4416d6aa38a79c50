namespace BrainTumorDicom.Slices.Images.Jpeg;

/// <summary>The frame header (T.81 §B.2.2).</summary>
/// <param name="Columns">Samples per line.</param>
/// <param name="Rows">Number of lines.</param>
/// <param name="IsProgressive">SOF2, else SOF0 or SOF1.</param>
/// <param name="Components">One (grey) or three (YCbCr or RGB).</param>
internal sealed record JpegFrame(int Columns, int Rows, bool IsProgressive, JpegComponent[] Components)
{
    /// <summary>Largest horizontal sampling factor.</summary>
    public int MaxHorizontal { get; } = Components.Max(component => component.Horizontal);

    /// <summary>Largest vertical sampling factor.</summary>
    public int MaxVertical { get; } = Components.Max(component => component.Vertical);

    /// <summary>MCUs in a row of an interleaved scan.</summary>
    public int McuColumns => (Columns + (8 * MaxHorizontal) - 1) / (8 * MaxHorizontal);

    /// <summary>Rows of MCUs of an interleaved scan.</summary>
    public int McuRows => (Rows + (8 * MaxVertical) - 1) / (8 * MaxVertical);
}
