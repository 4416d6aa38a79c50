using System.Text.Json;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Dicom.Pixels;
using BrainTumorDicom.Slices.Conversion;
using BrainTumorDicom.Slices.Frames;
using BrainTumorDicom.Slices.Phantoms;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Slices.Tests.Frames;

/// <summary>Functional groups and values after rescale, compared with pydicom and numpy.</summary>
public sealed class FrameAttributesTests
{
    private const double Absent = -1e9;

    [Fact]
    public async Task Frames_of_an_enhanced_phantom_read_as_pydicom_reads_them()
    {
        var folder = Directory.CreateTempSubdirectory("btd-frames-").FullName;
        try
        {
            var options = new PhantomOptions(Slices: 12, Size: 64, Contrast: PhantomContrast.Flair);
            var flair = EnhancedPhantom.Write(HeadPhantom.Create(PhantomClass.Glioma, 4, options), Path.Combine(folder, "flair"));
            var contrast = EnhancedPhantom.Write(HeadPhantom.Create(PhantomClass.Glioma, 4, options with { Contrast = PhantomContrast.T1Contrast }), Path.Combine(folder, "t1c"));

            await AssertAgreesAsync(24, flair, contrast);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [SharedDataFact("dicom")]
    public async Task Frames_of_real_enhanced_images_read_as_pydicom_reads_them()
    {
        string[] names = ["1901_WIP_3DpCASL_real.dcm", "2001_WIP_fcMRI_Field_Mapping_e2_phMag.dcm", "philips_IM_0027_fMAP.dcm", "siemens_xa10_6_1.dcm", "siemens_xa10_6_4.dcm"];

        await AssertAgreesAsync(40 + 212 + 64 + 6 + 6, [.. names.Select(name => Path.Combine(SharedData.Find("dicom")!, "enhanced-mr", name))]);
    }

    [Fact]
    public void A_legacy_converted_image_keeps_its_timing_where_it_was()
    {
        var (shared, unassigned) = (new DicomDataset(), new DicomDataset());
        unassigned.Set(DicomTag.EchoTime, "90");
        unassigned.Set(DicomTag.RepetitionTime, "5000");
        shared.SetSequence(DicomTag.UnassignedSharedConvertedAttributesSequence, unassigned);

        var frame = FrameAttributes.Read(new DicomDataset(), new FunctionalGroups(null, shared));

        Assert.Equal((90, 5000), (frame.EchoTime, frame.RepetitionTime));
    }

    [Fact]
    public void What_is_no_number_is_absent_and_the_frame_is_read()
    {
        var (own, position) = (new DicomDataset(), new DicomDataset());
        position.SetBytes(DicomTag.ImagePositionPatient, DicomVr.DS, "1\\2\\up"u8.ToArray());
        own.SetSequence(DicomTag.PlanePositionSequence, position);

        Assert.Empty(FrameAttributes.Read(new DicomDataset(), new FunctionalGroups(own, null)).Position);
    }

    private static async Task AssertAgreesAsync(int frames, params string[] paths)
    {
        var lines = await PythonPeer.RunAsync("Frames/frames.py", "pydicom, numpy", paths);
        var read = paths.SelectMany(Read).ToArray();

        Assert.Equal(frames, lines.Length);
        Assert.Equal(frames, read.Length);
        foreach (var (line, (what, numbers, strings)) in lines.Zip(read))
        {
            using var json = JsonDocument.Parse(line);
            Assert.Equal(json.RootElement.GetProperty("s").EnumerateArray().Select(value => value.GetString()!), strings);
            var expected = json.RootElement.GetProperty("n").EnumerateArray().Select(value => value.GetDouble()).ToArray();
            Assert.True(
                expected.Length == numbers.Length && expected.Zip(numbers).All(pair => Math.Abs(pair.First - pair.Second) <= 1e-5 * Math.Max(1, Math.Abs(pair.First))),
                $"{what}\npydicom {string.Join(' ', expected)}\nread    {string.Join(' ', numbers)}");
        }
    }

    private static IEnumerable<(string What, double[] Numbers, string[] Strings)> Read(string path)
    {
        var file = DicomFile.Read(path);
        var pixels = PixelFrames.Open(file);
        for (var i = 0; i < pixels.FrameCount; i++)
        {
            var frame = FrameAttributes.Read(file.Dataset, FunctionalGroups.Of(file.Dataset, i));
            var values = DicomSlices.Read(file, pixels, i).Values;
            double[] numbers =
            [
                frame.Position.Length, .. frame.Position, frame.Orientation.Length, .. frame.Orientation, frame.PixelSpacing.Length, .. frame.PixelSpacing,
                frame.SliceThickness ?? Absent, frame.InStackPosition ?? Absent, frame.TemporalPosition ?? Absent, frame.AcquisitionNumber ?? Absent,
                frame.DimensionIndexValues.Length, .. frame.DimensionIndexValues, frame.Window?.Center ?? Absent, frame.Window?.Width ?? Absent,
                frame.RepetitionTime ?? Absent, frame.EchoTime ?? Absent, frame.InversionTime ?? Absent, frame.DiffusionBValue ?? Absent,
                frame.AgentAdministered switch { null => Absent, true => 1, false => 0 },
                values.Min(), values.Max(), values.Average(value => (double)value),
            ];
            yield return ($"{path}, frame {i + 1}", numbers, [frame.StackId, string.Join('\\', frame.FrameType), frame.ComplexComponent, frame.AcquisitionContrast, frame.Region]);
        }
    }
}
