using System.Diagnostics;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Dicom.Pixels;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Dicom.Tests.Pixels;

public sealed class HostileCodecTests
{
    private static readonly string[] Small =
    [
        "enhanced-mr/emri_small_jpeg_2k_lossless.dcm",
        "enhanced-mr/emri_small_jpeg_ls_lossless.dcm",
        "enhanced-mr/emri_small_RLE.dcm",
        "pydicom-test-files/test_files/JPEGLSNearLossless_08.dcm",
        "pydicom-test-files/test_files/JPGExtended.dcm",
    ];

    [SharedDataFact("dicom")]
    public void Codes_cut_anywhere_give_an_image_or_a_format_error()
    {
        foreach (var (name, dataset, syntax, codes) in Frames())
        {
            var step = Math.Max(1, codes.Length / 600);
            for (var length = 0; length < codes.Length; length += length < 200 ? 1 : step)
            {
                var error = Read(dataset, syntax, codes[..length]);

                Assert.True(error is null or DicomFormatException, $"{name} cut to {length}: {error}");
            }
        }
    }

    [SharedDataFact("dicom")]
    public void Damaged_codes_give_an_image_or_a_format_error_and_take_no_more_room()
    {
        const int Seed = 7;
        var random = new Random(Seed);
        foreach (var (name, dataset, syntax, whole) in Frames())
        {
            for (var trial = 0; trial < 1000; trial++)
            {
                var codes = (byte[])whole.Clone();
                for (var i = random.Next(1, 6); i > 0; i--)
                {
                    codes[random.Next(trial % 2 == 0 ? Math.Min(200, codes.Length) : codes.Length)] = (byte)random.Next(256);
                }

                var error = Read(dataset, syntax, codes);

                Assert.True(error is null or DicomFormatException, $"{name}, seed {Seed}, trial {trial}: {error}");
            }
        }

        using var process = Process.GetCurrentProcess();
        Assert.True(process.PeakWorkingSet64 < 1L << 30, $"{process.PeakWorkingSet64} bytes");
    }

    private static Exception? Read(DicomDataset dataset, DicomUid syntax, byte[] codes) =>
        Record.Exception(() => TestImage.Read(TestImage.Open(dataset, syntax, codes)));

    private static IEnumerable<(string Name, DicomDataset Dataset, DicomUid Syntax, byte[] Codes)> Frames()
    {
        foreach (var name in Small)
        {
            var file = DicomFile.Read(Path.Combine(SharedData.Find("dicom")!, name));
            if (PixelCodecs.CanDecode(file.TransferSyntax.Uid.Value) && file.Dataset.TryGet(DicomTag.PixelData, out var pixels))
            {
                file.Dataset.Set(DicomTag.NumberOfFrames, 1);
                var codes = ((DicomFragments)pixels).Fragments[0].ToArray();
                yield return (name, file.Dataset, file.TransferSyntax.Uid, codes);
            }
        }
    }
}
