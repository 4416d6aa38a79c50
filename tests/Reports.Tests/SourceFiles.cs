using System.Collections.Immutable;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Reports.Pictures;

namespace BrainTumorDicom.Reports;

/// <summary>Pixels for the findings of the tests: slices of 48 rows and 40 columns, grey 500 with a bright pixel, of oblique orientation.</summary>
internal static class SourceFiles
{
    public const int Rows = 48;
    public const int Columns = 40;

    public static readonly double[] Spacing = [2, 3];
    public static readonly double[] Position = [-60, -50, 30];

    // Turned about the x axis: rows still run to the left of the patient, columns to the back and down.
    public static readonly double[] Orientation = [1, 0, 0, 0, 0.8, -0.6];

    /// <summary>The key images of a finding.</summary>
    public static ImmutableArray<KeyImage> KeyImagesOf(Finding finding) => KeyImages.Read(finding, uid => Open(uid, frames: uid == $"{Findings.Series}.1" ? 40 : 1));

    /// <summary>The heat maps of a finding.</summary>
    public static ImmutableArray<HeatMap> HeatMapsOf(Finding finding) => HeatMapPainter.Draw(finding, KeyImagesOf(finding));

    /// <summary>An instance.</summary>
    /// <param name="uid">Its SOP Instance UID.</param>
    /// <param name="frames">More than one make an enhanced image, with its plane in shared groups.</param>
    /// <param name="change">Changes it.</param>
    public static DicomFile Open(string uid, int frames = 1, Action<DicomDataset>? change = null)
    {
        var dataset = new DicomDataset();
        dataset.Set(DicomTag.SOPClassUID, frames > 1 ? DicomUid.EnhancedMRImageStorage.Value : DicomUid.MRImageStorage.Value);
        dataset.Set(DicomTag.SOPInstanceUID, uid);
        dataset.Set(DicomTag.SamplesPerPixel, 1);
        dataset.Set(DicomTag.PhotometricInterpretation, "MONOCHROME2");
        dataset.Set(DicomTag.Rows, Rows);
        dataset.Set(DicomTag.Columns, Columns);
        dataset.Set(DicomTag.BitsAllocated, 16);
        dataset.Set(DicomTag.BitsStored, 12);
        dataset.Set(DicomTag.HighBit, 11);
        dataset.Set(DicomTag.PixelRepresentation, 0);
        if (frames > 1)
        {
            dataset.Set(DicomTag.NumberOfFrames, frames);
            var shared = new DicomDataset();
            shared.SetSequence(DicomTag.PixelMeasuresSequence, Plane(DicomTag.PixelSpacing, Spacing));
            shared.SetSequence(DicomTag.PlanePositionSequence, Plane(DicomTag.ImagePositionPatient, Position));
            shared.SetSequence(DicomTag.PlaneOrientationSequence, Plane(DicomTag.ImageOrientationPatient, Orientation));
            dataset.SetSequence(DicomTag.SharedFunctionalGroupsSequence, shared);
        }
        else
        {
            dataset.Set(DicomTag.PixelSpacing, Spacing);
            dataset.Set(DicomTag.SliceThickness, 4.0);
            dataset.Set(DicomTag.ImagePositionPatient, Position);
            dataset.Set(DicomTag.ImageOrientationPatient, Orientation);
        }

        var pixels = new byte[Rows * Columns * 2 * frames];
        for (var i = 0; i < pixels.Length / 2; i++)
        {
            BitConverter.TryWriteBytes(pixels.AsSpan(i * 2), (ushort)(i % (Rows * Columns) == (10 * Columns) + 20 ? 1000 : 500));
        }

        dataset.SetBytes(DicomTag.PixelData, DicomVr.OW, pixels);
        change?.Invoke(dataset);
        return new DicomFile(dataset, DicomTransferSyntax.ExplicitVrLittleEndian);
    }

    private static DicomDataset Plane(DicomTag tag, double[] values)
    {
        var item = new DicomDataset();
        item.Set(tag, values);
        return item;
    }
}
