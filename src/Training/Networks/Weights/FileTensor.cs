namespace BrainTumorDicom.Training.Networks.Weights;

/// <summary>A tensor of an ONNX file.</summary>
/// <param name="Shape">Its extents.</param>
/// <param name="Values">Its content, row-major.</param>
internal sealed record FileTensor(long[] Shape, float[] Values)
{
    /// <summary>A matrix with rows and columns exchanged.</summary>
    public FileTensor Transposed()
    {
        var (rows, columns) = ((int)Shape[0], (int)Shape[1]);
        var values = new float[Values.Length];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                values[(column * rows) + row] = Values[(row * columns) + column];
            }
        }

        return new FileTensor([columns, rows], values);
    }
}
