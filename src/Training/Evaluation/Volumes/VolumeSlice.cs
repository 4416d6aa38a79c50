using System.Buffers.Binary;
using BrainTumorDicom.Classification.Analysis;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Dicom.Pixels;
using BrainTumorDicom.Slices.Conversion;

namespace BrainTumorDicom.Training.Evaluation.Volumes;

/// <summary>One slice of a series that is evaluated, and as it would be with other pixels.</summary>
/// <param name="Name">Its file, or how it was made.</param>
/// <param name="File">The instance.</param>
/// <param name="Position">Along the slice normal, in mm.</param>
internal sealed record VolumeSlice(string Name, DicomFile File, double Position)
{
    /// <summary>Its SOP Instance UID.</summary>
    public string Instance => File.Dataset.GetString(DicomTag.SOPInstanceUID) ?? "";

    /// <summary>As the analysis reads it.</summary>
    public InstanceSource Source => new(Name, () => File);

    /// <summary>Reads the pixels.</summary>
    public SlicePixels Pixels() => DicomSlices.Read(File, PixelFrames.Open(File), 0);

    /// <summary>The slice with <paramref name="change"/> added to its pixels, as far as its stored values can hold it.</summary>
    public VolumeSlice Changed(ReadOnlySpan<float> change)
    {
        var frames = PixelFrames.Open(File);
        var stored = new int[frames.Rows * frames.Columns];
        frames.ReadStored(0, stored);
        var slope = Slope(stored, Pixels().Values);
        var (least, most) = frames.IsSigned ? (-(1 << (frames.BitsStored - 1)), (1 << (frames.BitsStored - 1)) - 1) : (0, (1 << frames.BitsStored) - 1);
        var bytes = new byte[2 * stored.Length];
        for (var i = 0; i < stored.Length; i++)
        {
            var value = Math.Clamp(stored[i] + (int)Math.Round(change[i] / slope), least, most);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2 * i), (ushort)value);
        }

        var dataset = File.Dataset.Clone();
        dataset.Set(DicomTag.BitsAllocated, 16);
        dataset.SetBytes(DicomTag.PixelData, DicomVr.OW, bytes);
        return this with { File = new DicomFile(dataset, DicomTransferSyntax.ExplicitVrLittleEndian) };
    }

    // The Modality LUT of a magnitude image is a line: its slope from the darkest and the brightest pixel.
    private static double Slope(int[] stored, float[] values)
    {
        var (darkest, brightest) = (Array.IndexOf(stored, stored.Min()), Array.IndexOf(stored, stored.Max()));
        return stored[darkest] == stored[brightest] ? 1 : (values[brightest] - values[darkest]) / (double)(stored[brightest] - stored[darkest]);
    }
}
