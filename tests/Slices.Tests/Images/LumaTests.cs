using System.Globalization;
using System.Security.Cryptography;
using BrainTumorDicom.Slices.Conversion;
using BrainTumorDicom.Slices.Images;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Slices.Tests.Images;

public sealed class LumaTests
{
    /// <summary>Every n-th file of the training set is compared; 1 with BTD_ALL_IMAGES=1.</summary>
    private static readonly int Step = Environment.GetEnvironmentVariable("BTD_ALL_IMAGES") == "1" ? 1 : 29;

    [SharedDataFact("train")]
    public async Task Training_images_have_the_luma_that_libjpeg_and_libpng_give()
    {
        var files = Directory.GetFiles(SharedData.Find("train")!, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Where((path, index) => index % Step == 0 || IsPng(path))
            .ToArray();

        await AssertLumaEqualsAsync(files);
    }

    [Fact]
    public async Task Made_images_have_the_luma_that_libjpeg_and_libpng_give()
    {
        var files = Directory.GetFiles(Fixtures, "*.*").Where(path => path.EndsWith(".jpg", StringComparison.Ordinal) || path.EndsWith(".png", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).ToArray();
        Assert.True(files.Length >= 20, $"{files.Length} fixtures");

        await AssertLumaEqualsAsync(files);
    }

    internal static string Fixtures => Path.Combine(SharedData.ProjectRoot, "tests", "Slices.Tests", "Images", "Fixtures");

    private static bool IsPng(string path)
    {
        using var file = File.OpenRead(path);
        return file.ReadByte() == 0x89;
    }

    private static async Task AssertLumaEqualsAsync(string[] files)
    {
        var list = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(list, files, TestContext.Current.CancellationToken);
            var expected = await PythonPeer.RunAsync("Images/luma.py", "PIL", list);

            var actual = files.Select(file => Describe(ImageFile.Read(file)));

            Assert.Equal(files.Zip(expected, (file, line) => $"{Path.GetFileName(file)} {line}"), files.Zip(actual, (file, line) => $"{Path.GetFileName(file)} {line}"));
        }
        finally
        {
            File.Delete(list);
        }
    }

    private static string Describe(SlicePixels slice)
    {
        var scale = slice.Values.Max() > 255 ? 1 / 256f : 1;
        var bytes = Array.ConvertAll(slice.Values, value => (byte)(value * scale));
        return string.Create(CultureInfo.InvariantCulture, $"{slice.Rows} {slice.Columns} {Convert.ToHexStringLower(SHA256.HashData(bytes))}");
    }
}
