using BrainTumorDicom.Classification.Analysis;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;

namespace BrainTumorDicom.Classification.Tests.Analysis;

/// <summary>A small axial MR series made in memory: a ball of 150 mm, grey 250, in the dark, with a hot spot where asked for.</summary>
internal static class SyntheticSeries
{
    private const int Rows = 64;
    private const double Spacing = 3;

    /// <summary>Makes the data sets.</summary>
    /// <param name="slices">How many.</param>
    /// <param name="distance">Between slices, in mm.</param>
    /// <param name="change">Changes each data set; the second argument is its index.</param>
    /// <param name="spot">Grey value of the spot in a slice, 0 for none.</param>
    /// <param name="seed">Makes UIDs of its own.</param>
    public static DicomDataset[] Make(int slices = 20, double distance = 6, Action<DicomDataset, int>? change = null, Func<int, int>? spot = null, string seed = "a") =>
        [.. Enumerable.Range(0, slices).Select(i =>
        {
            var dataset = Slice(i, slices, distance, seed, spot?.Invoke(i) ?? 0);
            change?.Invoke(dataset, i);
            return dataset;
        })];

    /// <summary>The data sets as sources.</summary>
    public static InstanceSource[] Sources(this DicomDataset[] datasets) =>
        [.. datasets.Select((dataset, i) => new InstanceSource($"instance {i}", () => new DicomFile(dataset.Clone(), DicomTransferSyntax.ExplicitVrLittleEndian)))];

    private static DicomDataset Slice(int index, int slices, double distance, string seed, int spot)
    {
        var dataset = new DicomDataset();
        dataset.Set(DicomTag.SOPClassUID, DicomUid.MRImageStorage.Value);
        dataset.Set(DicomTag.SOPInstanceUID, DicomUid.FromName($"{seed}/{index}").Value);
        dataset.Set(DicomTag.StudyInstanceUID, DicomUid.FromName("study").Value);
        dataset.Set(DicomTag.SeriesInstanceUID, DicomUid.FromName(seed).Value);
        dataset.Set(DicomTag.FrameOfReferenceUID, DicomUid.FromName("frame").Value);
        dataset.Set(DicomTag.Modality, "MR");
        dataset.Set(DicomTag.Manufacturer, "Somebody");
        dataset.Set(DicomTag.ImageType, "ORIGINAL", "PRIMARY", "M", "ND");
        dataset.Set(DicomTag.SeriesDescription, "T1 SE POST");
        dataset.Set(DicomTag.BodyPartExamined, "HEAD");
        dataset.Set(DicomTag.InstanceNumber, index + 1);
        dataset.Set(DicomTag.SamplesPerPixel, 1);
        dataset.Set(DicomTag.PhotometricInterpretation, "MONOCHROME2");
        dataset.Set(DicomTag.Rows, Rows);
        dataset.Set(DicomTag.Columns, Rows);
        dataset.Set(DicomTag.BitsAllocated, 16);
        dataset.Set(DicomTag.BitsStored, 12);
        dataset.Set(DicomTag.HighBit, 11);
        dataset.Set(DicomTag.PixelRepresentation, 0);
        dataset.Set(DicomTag.PixelSpacing, Spacing, Spacing);
        dataset.Set(DicomTag.ImageOrientationPatient, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0);
        dataset.Set(DicomTag.ImagePositionPatient, -96.0, -96.0, index * distance);
        dataset.SetBytes(DicomTag.PixelData, DicomVr.OW, Pixels((index - ((slices - 1) / 2.0)) * distance, spot));
        return dataset;
    }

    private static byte[] Pixels(double height, int spot)
    {
        var bytes = new byte[Rows * Rows * 2];
        var radius = Math.Sqrt(Math.Max(0, (75 * 75) - (height * height)));
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < Rows; column++)
            {
                var (y, x) = ((row - 31.5) * Spacing, (column - 31.5) * Spacing);
                var value = Math.Sqrt((x * x) + (y * y)) < radius ? 250 : 0;

                // White and black dots keep the display range the same with and without a spot; the reduction to the input averages them away.
                value = value > 0 && row % 7 == 0 && column % 7 == 0 ? 1200 : value > 0 && row % 7 == 3 && column % 7 == 3 ? 0 : value;

                // In the right half, 6 × 6 pixels: large enough to survive the reduction.
                value = spot > 0 && row is >= 29 and < 35 && column is >= 38 and < 44 ? spot : value;
                BitConverter.TryWriteBytes(bytes.AsSpan(((row * Rows) + column) * 2), (ushort)value);
            }
        }

        return bytes;
    }
}
