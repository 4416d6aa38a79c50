namespace BrainTumorDicom.Slices.Conversion;

/// <summary>Contrast-limited adaptive histogram equalisation of the input (Zuiderveld, 1994).</summary>
/// <param name="ClipLimit">How many times the mean height of a tile's histogram a bin may reach; above 0. Default 2.</param>
/// <param name="Tiles">Tiles along each axis, 1 to 64. Default 8.</param>
public sealed record ClaheParameters(double ClipLimit = 2, int Tiles = 8);
