using BrainTumorDicom.Slices.Conversion;

namespace BrainTumorDicom.Training.Data.Volumes;

/// <summary>A series as one block along the axes of the patient: x to the left, y to the back, z to the top (PS3.3 §C.7.6.2.1.1).</summary>
/// <param name="Values">[z × y × x], row-major.</param>
/// <param name="Extents">Samples along x, y, z.</param>
/// <param name="Spacings">Distances along x, y, z in mm.</param>
/// <param name="Native">The plane that it was taken in.</param>
internal sealed record HeadVolume(float[] Values, (int X, int Y, int Z) Extents, (double X, double Y, double Z) Spacings, SlicePlane Native)
{
    // Further apart than this many times the pixels of a slice, the other planes are more interpolation than image.
    private const double MostAnisotropy = 4.5;
    private const double MostSpacing = 3.5;

    /// <summary>The planes that it can be shown in.</summary>
    public IEnumerable<SlicePlane> Planes
    {
        get
        {
            double[] spacings = [Spacings.X, Spacings.Y, Spacings.Z];
            var fine = spacings.Max() <= MostSpacing && spacings.Max() <= MostAnisotropy * spacings.Min();
            return fine ? [SlicePlane.Axial, SlicePlane.Coronal, SlicePlane.Sagittal] : [Native];
        }
    }

    /// <summary>How many slices a plane has.</summary>
    public int Count(SlicePlane plane) => plane switch { SlicePlane.Axial => Extents.Z, SlicePlane.Coronal => Extents.Y, _ => Extents.X };

    /// <summary>Distance of the slices of a plane in mm.</summary>
    public double Spacing(SlicePlane plane) => plane switch { SlicePlane.Axial => Spacings.Z, SlicePlane.Coronal => Spacings.Y, _ => Spacings.X };

    /// <summary>Slice <paramref name="index"/> as a radiologist has it: front or top of the head up, the patient's right or front at the left.</summary>
    public SlicePixels Slice(SlicePlane plane, int index)
    {
        var (rows, columns) = plane == SlicePlane.Axial ? (Extents.Y, Extents.X) : (Extents.Z, plane == SlicePlane.Coronal ? Extents.X : Extents.Y);
        var pixels = new float[rows * columns];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                pixels[(row * columns) + column] = plane switch
                {
                    SlicePlane.Axial => At(column, row, index),
                    SlicePlane.Coronal => At(column, index, rows - 1 - row),
                    _ => At(index, column, rows - 1 - row),
                };
            }
        }

        return plane switch
        {
            SlicePlane.Axial => new SlicePixels(pixels, rows, columns, Spacings.Y, Spacings.X),
            SlicePlane.Coronal => new SlicePixels(pixels, rows, columns, Spacings.Z, Spacings.X),
            _ => new SlicePixels(pixels, rows, columns, Spacings.Z, Spacings.Y),
        };
    }

    private float At(int x, int y, int z) => Values[(((z * Extents.Y) + y) * Extents.X) + x];
}
