namespace BrainTumorDicom.Slices.Conversion;

/// <summary>How stored pixels become the network's input. Kept in the model package: training and service use the same.</summary>
/// <param name="Size">Rows and columns of the square input.</param>
/// <param name="LowPercentile">Percentile of the series' head pixels shown as 0, in [0, 100].</param>
/// <param name="HighPercentile">Percentile of the series' head pixels shown as 1, in [0, 100].</param>
/// <param name="HeadThreshold">Fraction of the display range above which a pixel counts as head when the head is looked for.</param>
/// <param name="CropMargin">Margin left around the head, as a fraction of its larger side.</param>
/// <param name="Clahe">Local equalisation of the contrast, or <see langword="null"/> for none (<see cref="NetworkInput"/>).</param>
/// <param name="Symmetric">Whether the network reads values in [-1, 1] instead of [0, 1].</param>
public sealed record PreprocessingParameters(
    int Size = 160,
    double LowPercentile = 1,
    double HighPercentile = 99.5,
    double HeadThreshold = 0.12,
    double CropMargin = 0.02,
    ClaheParameters? Clahe = null,
    bool Symmetric = false);
