using BrainTumorDicom.Slices.Conversion;

namespace BrainTumorDicom.Slices.Tests.Conversion;

public sealed class ClaheTests
{
    [Theory]
    [InlineData(128, 2, 8)]
    [InlineData(64, 4, 8)]
    [InlineData(150, 2, 8)]
    public async Task The_same_values_as_OpenCV(int size, double clipLimit, int tiles)
    {
        var random = new Random(size);
        var picture = Enumerable.Range(0, size * size)
            .Select(i => (byte)Math.Clamp(60 + (80 * Math.Sin(i % size / 9.0) * Math.Cos(i / size / 13.0)) + random.Next(40), 0, 255))
            .ToArray();
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, string.Join(' ', picture), TestContext.Current.CancellationToken);

        var expected = await PythonPeer.RunAsync(
            "Conversion/clahe.py", "cv2, numpy", [.. new object[] { size, clipLimit, tiles }.Select(value => FormattableString.Invariant($"{value}")), path]);
        var slice = Array.ConvertAll(picture, value => value / 255f);
        NetworkInput.Finish(new PreprocessingParameters(size, Clahe: new ClaheParameters(clipLimit, tiles)), slice);

        var values = expected.SelectMany(line => line.Split(' ')).Select(int.Parse).ToArray();
        var differences = slice.Select((value, i) => Math.Abs((int)MathF.Round(value * 255) - values[i])).ToArray();

        // Both round halves of products of single floats.
        Assert.True(differences.Max() <= 1, $"{differences.Max()}");
        Assert.True(differences.Count(difference => difference > 0) <= size * size / 200, $"{differences.Count(difference => difference > 0)}");
        File.Delete(path);
    }
}
