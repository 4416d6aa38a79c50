using System.Text.Json;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Classification.Tests.Analysis;
using BrainTumorDicom.Classification.Tests.Model;
using BrainTumorDicom.Cli.Tests.Serving;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Slices.Images;

namespace BrainTumorDicom.Cli.Tests;

public sealed class ClassifyTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("btd-classify-").FullName;
    private readonly string model;

    public ClassifyTests()
    {
        model = Path.Combine(folder, "model-1");
        TinyModel.Write(model, gateThreshold: 1000);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_series_gives_one_line_with_its_class_and_the_slices_that_carry_it()
    {
        var series = Write("series", SyntheticSeries.Make(spot: i => i is >= 8 and < 12 ? 1200 : 700));
        File.WriteAllText(Path.Combine(series, "readme.txt"), "no DICOM");

        var (exitCode, lines) = await Classify(series);

        Assert.Equal(0, exitCode);
        var line = Assert.Single(lines);
        Assert.Equal(series, line.GetProperty("path").GetString());
        Assert.Equal("target-tumor", line.GetProperty("disposition").GetString());
        Assert.Equal("glioma", line.GetProperty("class").GetString());
        Assert.Equal(JsonValueKind.Null, line.GetProperty("reason").ValueKind);
        Assert.Equal(20, line.GetProperty("sliceCount").GetInt32());
        Assert.Equal(DicomUid.FromName("a").Value, line.GetProperty("series").GetString());
        Assert.Equal(
            Enumerable.Range(8, 4).Select(i => DicomUid.FromName($"a/{i}").Value).Order(),
            line.GetProperty("carryingSlices").EnumerateArray().Select(uid => uid.GetString()!).Order());
        Assert.Equal(TumorClasses.Labels, line.GetProperty("probabilities").EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public async Task What_is_missing_mistyped_or_damaged_is_named_on_stderr()
    {
        var empty = Directory.CreateDirectory(Path.Combine(folder, "empty")).FullName;
        var damaged = Path.Combine(folder, "damaged.dcm");
        File.WriteAllText(damaged, "no DICOM");

        var nothing = await CliProcess.RunAsync(["classify", empty, "--json", "--model", model]);
        var mistyped = await CliProcess.RunAsync(["classify", empty, "--per-slices", "--model", model]);
        var unreadable = await CliProcess.RunAsync(["classify", damaged, "--json", "--model", model]);

        Assert.Equal((1, "", 1), (nothing.ExitCode, nothing.Output, nothing.Error.Count(letter => letter == '\n')));
        Assert.Contains("no DICOM and no image files", nothing.Error, StringComparison.Ordinal);
        Assert.Equal((2, ""), (mistyped.ExitCode, mistyped.Output));
        Assert.Contains("--per-slices", mistyped.Error, StringComparison.Ordinal);
        Assert.Equal(1, unreadable.ExitCode);
        Assert.Contains("damaged.dcm", unreadable.Error, StringComparison.Ordinal);
        Assert.Equal("UNREADABLE", JsonDocument.Parse(unreadable.Output).RootElement.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Per_slice_gives_every_file_a_line_with_probabilities_also_when_the_series_is_refused()
    {
        var series = Write("few", SyntheticSeries.Make(3, spot: _ => 1200));

        var (exitCode, lines) = await Classify(series, "--per-slice");

        Assert.Equal(0, exitCode);
        Assert.Equal("TOO-FEW-SLICES", lines[0].GetProperty("reason").GetString());
        Assert.Equal(3, lines.Length - 1);
        Assert.All(lines[1..], line => Assert.Equal("glioma", line.GetProperty("class").GetString()));
        Assert.All(lines[1..], line => Assert.Equal("refused", line.GetProperty("disposition").GetString()));
        Assert.Equal(3, lines[1..].Select(line => line.GetProperty("instance").GetString()).Distinct().Count());
        Assert.All(lines[1..], line => Assert.True(File.Exists(line.GetProperty("file").GetString())));
    }

    [Fact]
    public async Task An_image_is_told_by_its_content_and_gives_its_class()
    {
        var image = Path.Combine(folder, "picture.jpg");
        using (var output = File.Create(image))
        {
            PngWriter.WriteGray(output, Picture(), 64, 64);
        }

        var (exitCode, lines) = await Classify(image);

        Assert.Equal(0, exitCode);
        var line = Assert.Single(lines);
        Assert.Equal(image, line.GetProperty("file").GetString());
        Assert.Equal("glioma", line.GetProperty("class").GetString());
        Assert.Equal("target-tumor", line.GetProperty("disposition").GetString());
        Assert.Equal(1, line.GetProperty("probabilities").EnumerateObject().Sum(property => property.Value.GetDouble()), 5);
    }

    [Fact]
    public async Task A_file_that_is_neither_is_an_error_of_its_own_and_the_others_go_on()
    {
        var series = Write("series", SyntheticSeries.Make(spot: _ => 700));
        var broken = Path.Combine(folder, "broken.dcm");
        File.WriteAllBytes(broken, [.. new byte[128], .. "DICM"u8, 1, 2, 3]);

        var (exitCode, lines) = await Classify(broken, series);

        Assert.Equal(1, exitCode);
        Assert.Equal(["no-target-tumor", "error"], lines.Select(line => line.GetProperty("disposition").GetString()));
        Assert.Equal(broken, lines[1].GetProperty("file").GetString());
    }

    [Fact]
    public async Task The_table_names_the_series_its_result_and_what_the_program_is_not()
    {
        var series = Write("series", SyntheticSeries.Make(spot: _ => 700));

        var result = await CliProcess.RunAsync(["classify", series, "--model", model]);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("no-target-tumor", result.Output, StringComparison.Ordinal);
        Assert.Contains("Not for diagnosis", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "does not exist", "nowhere")]
    [InlineData(2, "give 1 to 256", ".", "--threads", "0")]
    [InlineData(2, "auto", ".", "--device", "tpu")]
    public async Task What_is_wrong_is_one_line_on_stderr(int exitCode, string message, params string[] arguments)
    {
        var result = await CliProcess.RunAsync(["classify", .. arguments, "--model", model]);

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd().Split('\n'));
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task A_damaged_model_is_named()
    {
        File.AppendAllText(Path.Combine(model, "model.onnx"), "x");

        var result = await CliProcess.RunAsync(["classify", folder, "--model", model]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("model.onnx is damaged", result.Error, StringComparison.Ordinal);
    }

    private static byte[] Picture()
    {
        var pixels = new byte[64 * 64];
        for (var i = 0; i < pixels.Length; i++)
        {
            var (row, column) = (i / 64, i % 64);
            pixels[i] = row is > 8 and < 56 && column is > 8 and < 56 ? (byte)(row is > 20 and < 30 && column is > 20 and < 30 ? 250 : 60) : (byte)0;
        }

        return pixels;
    }

    private string Write(string name, DicomDataset[] datasets)
    {
        var series = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        foreach (var (i, dataset) in datasets.Index())
        {
            new DicomFile(dataset, DicomTransferSyntax.ExplicitVrLittleEndian).Write(Path.Combine(series, $"{i:D4}.dcm"));
        }

        return series;
    }

    private async Task<(int ExitCode, JsonElement[] Lines)> Classify(params string[] arguments)
    {
        var result = await CliProcess.RunAsync(["classify", .. arguments, "--json", "--model", model, "--device", "cpu"]);
        return (result.ExitCode, [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)]);
    }
}
