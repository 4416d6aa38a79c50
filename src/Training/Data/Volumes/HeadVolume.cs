using BrainTumorDicom.Slices.Conversion;

namespace BrainTumorDicom.Training.Data.Volumes;

/// <summary>A series as one block along the axes of the patient: x to the left, y to the back, z to the top (PS3.3 §C.7.6.2.1.1).</summary>
/// <param name="Values">[z × y × x], row-major.</param>
/// <param name="Extents">Samples along x, y, z.</param>
/// <param name="Spacings">Distances along x, y, z in mm.</param>
/// <param name="Native">The plane that it was taken in.</param>
internal sealed record HeadVolume(float[] Values, (int X, int Y, int Z) Extents, (double X, double Y, double Z) Spacings, HeadPlane Native)
{
    // Further apart than this many times the pixels of a slice, the other planes are more interpolation than image.
    private const double MostAnisotropy = 4.5;
    private const double MostSpacing = 3.5;

    /// <summary>The planes that it can be shown in.</summary>
    public IEnumerable<HeadPlane> Planes
    {
        get
        {
            double[] spacings = [Spacings.X, Spacings.Y, Spacings.Z];
            var fine = spacings.Max() <= MostSpacing && spacings.Max() <= MostAnisotropy * spacings.Min();
            return fine ? [HeadPlane.Axial, HeadPlane.Coronal, HeadPlane.Sagittal] : [Native];
        }
    }

    /// <summary>How many slices a plane has.</summary>
    public int Count(HeadPlane plane) => plane switch { HeadPlane.Axial => Extents.Z, HeadPlane.Coronal => Extents.Y, _ => Extents.X };

    /// <summary>Distance of the slices of a plane in mm.</summary>
    public double Spacing(HeadPlane plane) => plane switch { HeadPlane.Axial => Spacings.Z, HeadPlane.Coronal => Spacings.Y, _ => Spacings.X };

    /// <summary>Slice <paramref name="index"/> as a radiologist has it: front or top of the head up, the patient's right or front at the left.</summary>
    public SlicePixels Slice(HeadPlane plane, int index)
    {
        var (rows, columns) = plane == HeadPlane.Axial ? (Extents.Y, Extents.X) : (Extents.Z, plane == HeadPlane.Coronal ? Extents.X : Extents.Y);
        var pixels = new float[rows * columns];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                pixels[(row * columns) + column] = plane switch
                {
                    HeadPlane.Axial => At(column, row, index),
                    HeadPlane.Coronal => At(column, index, rows - 1 - row),
                    _ => At(index, column, rows - 1 - row),
                };
            }
        }

        return plane switch
        {
            HeadPlane.Axial => new SlicePixels(pixels, rows, columns, Spacings.Y, Spacings.X),
            HeadPlane.Coronal => new SlicePixels(pixels, rows, columns, Spacings.Z, Spacings.X),
            _ => new SlicePixels(pixels, rows, columns, Spacings.Z, Spacings.Y),
        };
    }

    private float At(int x, int y, int z) => Values[(((z * Extents.Y) + y) * Extents.X) + x];
}
