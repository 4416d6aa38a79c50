using BrainTumorDicom.Dicom;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Training.Data.Volumes;

namespace BrainTumorDicom.Training.Evaluation.Volumes;

/// <summary>A series that is evaluated.</summary>
/// <param name="Name">Its folder below the folder of volumes.</param>
/// <param name="Plane">The plane that it was taken in.</param>
/// <param name="Slices">By position: for axial slices from below, for coronal ones from the front, for sagittal ones from the patient's right.</param>
internal sealed record VolumeSeries(string Name, HeadPlane Plane, IReadOnlyList<VolumeSlice> Slices)
{
    /// <summary>Reads the DICOM series of a folder (<see cref="VolumeFolder"/>).</summary>
    public static IEnumerable<VolumeSeries> Read(string folder) =>
        VolumeFolder.List(folder, []).Where(series => !NiftiVolume.IsNamed(series.Files[0])).Select(series => Of(series.Name, series.Files.Select(path => (path, Open(path)))));

    /// <summary>A series of instances; those that say nothing of their place, or cannot be read, keep their order at the end.</summary>
    public static VolumeSeries Of(string name, IEnumerable<(string Name, DicomFile? File)> files)
    {
        var slices = new List<VolumeSlice>();
        var axis = 2;
        foreach (var (path, file) in files)
        {
            if (file is null)
            {
                continue;
            }

            var orientation = file.Dataset.GetDoubles(DicomTag.ImageOrientationPatient);
            var position = file.Dataset.GetDoubles(DicomTag.ImagePositionPatient);
            if (orientation.Count != 6 || position.Count != 3)
            {
                slices.Add(new VolumeSlice(path, file, double.MaxValue));
                continue;
            }

            double[] normal =
            [
                (orientation[1] * orientation[5]) - (orientation[2] * orientation[4]),
                (orientation[2] * orientation[3]) - (orientation[0] * orientation[5]),
                (orientation[0] * orientation[4]) - (orientation[1] * orientation[3]),
            ];
            axis = Enumerable.Range(0, 3).MaxBy(i => Math.Abs(normal[i]));
            var along = (position[0] * normal[0]) + (position[1] * normal[1]) + (position[2] * normal[2]);
            slices.Add(new VolumeSlice(path, file, normal[axis] > 0 ? along : -along));
        }

        var plane = axis switch { 0 => HeadPlane.Sagittal, 1 => HeadPlane.Coronal, _ => HeadPlane.Axial };
        return new VolumeSeries(name, plane, [.. slices.OrderBy(slice => slice.Position)]);
    }

    private static DicomFile? Open(string path)
    {
        try
        {
            return DicomFile.Read(path);
        }
        catch (DicomException)
        {
            return null;
        }
    }
}
