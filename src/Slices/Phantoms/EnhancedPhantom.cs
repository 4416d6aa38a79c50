using System.Globalization;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;

namespace BrainTumorDicom.Slices.Phantoms;

/// <summary>A phantom as one valid Enhanced MR image (PS3.3 §A.36.2): the slices of <see cref="PhantomSeries"/> as its frames, with the same stored values.</summary>
public static class EnhancedPhantom
{
    /// <summary>Writes the image as IM0001.dcm into <paramref name="folder"/>, which is made where it is missing.</summary>
    /// <returns>The file.</returns>
    public static string Write(HeadPhantom phantom, string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "IM0001.dcm");
        Create(phantom).Write(path);
        return path;
    }

    /// <summary>The image in memory; frame 1 is the bottom slice.</summary>
    public static DicomFile Create(HeadPhantom phantom)
    {
        ArgumentNullException.ThrowIfNull(phantom);

        var dataset = EnhancedPhantomHeader.OfImage(phantom);
        var frames = new DicomDataset[phantom.Options.Slices];
        var length = phantom.Options.Size * phantom.Options.Size * sizeof(ushort);
        var pixels = new byte[length * frames.Length];
        for (var i = 0; i < frames.Length; i++)
        {
            frames[i] = Frame(phantom, i);
            PhantomSeries.Store(phantom.Slice(i), pixels.AsSpan(i * length, length));
        }

        dataset.SetSequence(DicomTag.PerFrameFunctionalGroupsSequence, frames);
        dataset.SetBytes(DicomTag.PixelData, DicomVr.OW, pixels);
        return new DicomFile(dataset, DicomTransferSyntax.ExplicitVrLittleEndian);
    }

    private static DicomDataset Frame(HeadPhantom phantom, int slice)
    {
        var content = new DicomDataset();
        content.Set(DicomTag.FrameAcquisitionNumber, 1);
        content.Set(DicomTag.FrameReferenceDateTime, "20260101120000");
        content.Set(DicomTag.FrameAcquisitionDateTime, "20260101120000");
        content.Set(DicomTag.FrameAcquisitionDuration, 1000);
        content.Set(DicomTag.StackID, "1");
        content.Set(DicomTag.InStackPositionNumber, slice + 1);
        content.Set(DicomTag.DimensionIndexValues, 1, slice + 1);
        content.Set(DicomTag.FrameComments, string.Create(CultureInfo.InvariantCulture, $"Synthetic slice {slice + 1}"));

        var position = new DicomDataset();
        position.Set(DicomTag.ImagePositionPatient, PhantomHeader.Position(phantom, slice));

        var groups = new DicomDataset();
        groups.SetSequence(DicomTag.FrameContentSequence, content);
        groups.SetSequence(DicomTag.PlanePositionSequence, position);
        return groups;
    }
}
