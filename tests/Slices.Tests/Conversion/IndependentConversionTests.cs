using System.Globalization;
using System.Runtime.InteropServices;
using BrainTumorDicom.Dicom;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Dicom.Pixels;
using BrainTumorDicom.Slices.Conversion;
using BrainTumorDicom.Slices.Phantoms;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Slices.Tests.Conversion;

/// <summary>Compares the conversion with pydicom and numpy, computed from the written definitions.</summary>
public sealed class IndependentConversionTests
{
    private const int HeaderLength = 8;

    [Theory]
    [InlineData(64)]
    [InlineData(288)]
    public async Task A_phantom_is_converted_as_an_independent_computation_does(int size)
    {
        var folder = Directory.CreateTempSubdirectory("btd-convert-").FullName;
        try
        {
            // The first size shrinks the slices, the second enlarges them.
            var phantom = HeadPhantom.Create(PhantomClass.Meningioma, 6, new PhantomOptions(Slices: 12, Size: 128));

            await AssertAgreesAsync(new PreprocessingParameters(Size: size), [[.. PhantomSeries.Write(phantom, folder)]]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [SharedDataFact("volumes")]
    public async Task Real_volumes_are_converted_as_an_independent_computation_does()
    {
        var series = ((string[])["tumour-glioma-b1/t1c", "healthy-papaya/pd", "healthy-hfs/t1", "healthy-avg152/t2"])
            .Select(name => Directory.GetFiles(Path.Combine(SharedData.Find("volumes")!, name)).Order(StringComparer.Ordinal).ToArray())
            .Select(files => files.Where((_, index) => index % (files.Length / 4) == 0).ToArray());

        await AssertAgreesAsync(new PreprocessingParameters(), [.. series]);
    }

    [SharedDataFact("dicom")]
    public async Task Enhanced_and_odd_images_are_converted_as_an_independent_computation_does()
    {
        var root = SharedData.Find("dicom")!;
        var files = ((string[])["enhanced-mr", "codecs-wg04-mr", "localizers"])
            .SelectMany(folder => Directory.GetFiles(Path.Combine(root, folder), "*", SearchOption.AllDirectories))
            .Where(IsReadable).Order(StringComparer.Ordinal).ToArray();
        Assert.True(files.Length >= 6, $"{files.Length} readable files");

        await AssertAgreesAsync(new PreprocessingParameters(), [.. files.Select(file => (string[])[file])]);
    }

    private static bool IsReadable(string path)
    {
        try
        {
            var file = DicomFile.Read(path);
            return !file.TransferSyntax.IsEncapsulated && PixelFrames.Open(file) is { FrameCount: <= 30, Rows: <= 1024 };
        }
        catch (DicomException)
        {
            return false;
        }
    }

    private static async Task AssertAgreesAsync(PreprocessingParameters parameters, string[][] series)
    {
        var expected = (await ExpectedAsync(parameters, series)).AsMemory();
        var length = HeaderLength + (parameters.Size * parameters.Size);
        foreach (var files in series)
        {
            var slices = files.SelectMany(Slices).ToArray();
            var range = DisplayRange.OfSeries(slices, parameters);
            for (var i = 0; i < slices.Length; i++)
            {
                AssertAgrees(parameters, slices[i], range, expected.Span[..length], $"{files[0]}, slice {i}");
                expected = expected[length..];
            }
        }

        Assert.Equal(0, expected.Length);
    }

    private static void AssertAgrees(
        PreprocessingParameters parameters, SlicePixels slice, DisplayRange range, ReadOnlySpan<float> expected, string what)
    {
        var box = HeadBox.Find(slice, range, parameters);
        float[] header = [range.Low, range.High, box.Top, box.Left, box.Height, box.Width, (float)box.AreaFraction, (float)box.AreaSquareMillimetres];
        Assert.Equal(expected[..HeaderLength].ToArray(), header, Close);

        var input = new float[parameters.Size * parameters.Size];
        SliceConverter.Convert(slice, range, box, parameters, input);

        for (var i = 0; i < input.Length; i++)
        {
            var wanted = expected[HeaderLength + i];
            Assert.True(Math.Abs(input[i] - wanted) <= 1e-4f, $"{what}, pixel {i}: {input[i]} and {wanted}");
        }
    }

    private static bool Close(float expected, float actual) => Math.Abs(expected - actual) <= 1e-5f * Math.Max(1, Math.Abs(expected));

    private static IEnumerable<SlicePixels> Slices(string path)
    {
        var file = DicomFile.Read(path);
        var frames = PixelFrames.Open(file);
        return Enumerable.Range(0, frames.FrameCount).Select(frame => DicomSlices.Read(file, frames, frame));
    }

    private static async Task<float[]> ExpectedAsync(PreprocessingParameters parameters, string[][] series)
    {
        var output = Path.GetTempFileName();
        try
        {
            string[] numbers =
            [
                output,
                .. new[] { parameters.Size, parameters.LowPercentile, parameters.HighPercentile, parameters.HeadThreshold, parameters.CropMargin }
                    .Select(number => number.ToString(CultureInfo.InvariantCulture)),
            ];
            await PythonPeer.RunAsync("Conversion/convert.py", "pydicom, numpy", numbers.Concat(series.SelectMany((files, index) => index == 0 ? files : files.Prepend("--"))));
            return MemoryMarshal.Cast<byte, float>(await File.ReadAllBytesAsync(output, TestContext.Current.CancellationToken)).ToArray();
        }
        finally
        {
            File.Delete(output);
        }
    }
}
