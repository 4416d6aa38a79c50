using BrainTumorDicom.Dicom;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Dicom.Pixels;
using BrainTumorDicom.Slices.Conversion;

namespace BrainTumorDicom.Training.Data.Volumes;

/// <summary>Reads the DICOM files of one series as a block.</summary>
internal static class VolumeReader
{
    private const int FewestSlices = 8;

    /// <summary>The block, or <see langword="null"/> when the files make none: too few slices, or of several sizes.</summary>
    /// <remarks>Oblique stacks are laid along the axes that they are nearest to; of two slices at one place the first by name counts.</remarks>
    public static HeadVolume? Read(IReadOnlyList<string> files)
    {
        var slices = files.Select(Slice).OfType<PlacedSlice>()
            .GroupBy(slice => (slice.Pixels.Rows, slice.Pixels.Columns))
            .OrderByDescending(size => size.Count())
            .FirstOrDefault()?
            .OrderBy(slice => slice.Position)
            .DistinctBy(slice => Math.Round(slice.Position, 2))
            .ToArray() ?? [];
        return slices.Length < FewestSlices ? null : Arrange(slices);
    }

    private static PlacedSlice? Slice(string path)
    {
        try
        {
            var image = DicomFile.Read(path);
            var orientation = image.Dataset.GetDoubles(DicomTag.ImageOrientationPatient);
            var position = image.Dataset.GetDoubles(DicomTag.ImagePositionPatient);
            if (orientation.Count != 6 || position.Count != 3)
            {
                return null;
            }

            double[] row = [orientation[0], orientation[1], orientation[2]];
            double[] column = [orientation[3], orientation[4], orientation[5]];
            double[] normal =
            [
                (row[1] * column[2]) - (row[2] * column[1]), (row[2] * column[0]) - (row[0] * column[2]), (row[0] * column[1]) - (row[1] * column[0]),
            ];
            var along = (position[0] * normal[0]) + (position[1] * normal[1]) + (position[2] * normal[2]);
            return new PlacedSlice(DicomSlices.Read(image, PixelFrames.Open(image), 0), along, row, column, normal);
        }
        catch (DicomException)
        {
            return null;
        }
    }

    private static HeadVolume Arrange(PlacedSlice[] slices)
    {
        var first = slices[0];
        var (rows, columns) = (first.Pixels.Rows, first.Pixels.Columns);
        var distance = Math.Abs(slices[^1].Position - first.Position) / (slices.Length - 1);
        var (axisOfColumn, columnForward) = Axis(first.Row);
        var (axisOfRow, rowForward) = Axis(first.Column);
        var (axisOfSlice, sliceForward) = Axis(first.Normal);
        var extents = new int[3];
        var spacings = new double[3];
        (extents[axisOfColumn], extents[axisOfRow], extents[axisOfSlice]) = (columns, rows, slices.Length);
        (spacings[axisOfColumn], spacings[axisOfRow], spacings[axisOfSlice]) = (first.Pixels.ColumnSpacing, first.Pixels.RowSpacing, distance);
        var values = new float[rows * columns * slices.Length];
        var place = new int[3];
        for (var k = 0; k < slices.Length; k++)
        {
            place[axisOfSlice] = sliceForward ? k : slices.Length - 1 - k;
            for (var row = 0; row < rows; row++)
            {
                place[axisOfRow] = rowForward ? row : rows - 1 - row;
                for (var column = 0; column < columns; column++)
                {
                    place[axisOfColumn] = columnForward ? column : columns - 1 - column;
                    values[(((place[2] * extents[1]) + place[1]) * extents[0]) + place[0]] = slices[k].Pixels.Values[(row * columns) + column];
                }
            }
        }

        var native = axisOfSlice switch { 0 => HeadPlane.Sagittal, 1 => HeadPlane.Coronal, _ => HeadPlane.Axial };
        return new HeadVolume(values, (extents[0], extents[1], extents[2]), (spacings[0], spacings[1], spacings[2]), native);
    }

    private static (int Axis, bool Forward) Axis(double[] direction)
    {
        var axis = 0;
        for (var i = 1; i < 3; i++)
        {
            axis = Math.Abs(direction[i]) > Math.Abs(direction[axis]) ? i : axis;
        }

        return (axis, direction[axis] > 0);
    }

    private sealed record PlacedSlice(SlicePixels Pixels, double Position, double[] Row, double[] Column, double[] Normal);
}
