using BrainTumorDicom.Dicom;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Dicom.Pixels;
using BrainTumorDicom.Slices.Conversion;

namespace BrainTumorDicom.Training.Data.Volumes;

/// <summary>Reads a series as a block: its DICOM files, or its one NIfTI file.</summary>
internal static class VolumeReader
{
    private const int FewestSlices = 8;

    /// <summary>The block, or <see langword="null"/> when the files make none: too few slices, or of several sizes.</summary>
    /// <remarks>Oblique stacks are laid along the axes that they are nearest to; of two slices at one place the first by name counts.</remarks>
    /// <exception cref="TrainingException">A NIfTI file cannot be read.</exception>
    public static HeadVolume? Read(IReadOnlyList<string> files)
    {
        if (files is [var file] && NiftiVolume.IsNamed(file))
        {
            return NiftiVolume.Read(file);
        }

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

    private static HeadVolume? Arrange(PlacedSlice[] slices)
    {
        var first = slices[0];
        var (rows, columns) = (first.Pixels.Rows, first.Pixels.Columns);
        var distance = Math.Abs(slices[^1].Position - first.Position) / (slices.Length - 1);
        if (BlockLayout.Of(
            [first.Row, first.Column, first.Normal], [columns, rows, slices.Length], [first.Pixels.ColumnSpacing, first.Pixels.RowSpacing, distance]) is not { } layout)
        {
            return null;
        }

        var values = new float[rows * columns * slices.Length];
        for (var k = 0; k < slices.Length; k++)
        {
            for (var row = 0; row < rows; row++)
            {
                for (var column = 0; column < columns; column++)
                {
                    values[layout.IndexOf(column, row, k)] = slices[k].Pixels.Values[(row * columns) + column];
                }
            }
        }

        return new HeadVolume(values, layout.Extents, layout.Spacings, layout.Native);
    }

    private sealed record PlacedSlice(SlicePixels Pixels, double Position, double[] Row, double[] Column, double[] Normal);
}
