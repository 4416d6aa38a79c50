using BrainTumorDicom.Classification.Model;

namespace BrainTumorDicom.Classification.Tests.Model;

public sealed class ModelPackageTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("btd-model-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_is_written_is_read_back_the_same()
    {
        var written = ModelPackage.Write(folder, Manifests.Small(), [1, 2, 3]);

        var read = ModelPackage.Load(folder);

        Assert.Equal("039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81", read.Manifest.Sha256);
        Assert.Equal(written.Manifest.Gate.Means, read.Manifest.Gate.Means);
        Assert.Equal(written.Manifest.Rule, read.Manifest.Rule);
        Assert.Equal(written.Manifest.Preprocessing, read.Manifest.Preprocessing);
        Assert.Equal(written.Manifest.Evaluation.Confusion, read.Manifest.Evaluation.Confusion);
        Assert.Contains("\"reportThreshold\": 0.9", File.ReadAllText(Path.Combine(folder, "model.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_byte_of_the_weights_is_refused_by_name()
    {
        ModelPackage.Write(folder, Manifests.Small(), [1, 2, 3]);
        File.WriteAllBytes(Path.Combine(folder, "model.onnx"), [1, 2, 4]);

        var error = Assert.Throws<InvalidDataException>(() => ModelPackage.Load(folder));

        Assert.Contains("model.onnx is damaged", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("\"temperature\"", "\"temperatur\"", "temperatur")]
    [InlineData("\"temperature\": 1", "\"temperature\": -1", "temperature is -1")]
    [InlineData("\"glioma\"", "\"gliom\"", "labels is gliom, meningioma")]
    [InlineData("\"size\": 32", "\"size\": 5", "preprocessing.size is 5")]
    [InlineData("\"threshold\": 9", "\"threshold\": 0", "gate.threshold is 0")]
    [InlineData("\"minimumRun\": 3", "\"minimumRun\": 0", "rule.minimumRun is 0")]
    [InlineData("\"abstainThreshold\": 0.6", "\"abstainThreshold\": 0.95", "rule.abstainThreshold is 0.95")]
    [InlineData("\"sensitiveWeightings\": []", "\"sensitiveWeightings\": [\"t3\"]", "rule.sensitiveWeightings is t3")]
    [InlineData("\"name\": \"test model\",", "", "name")]
    [InlineData("}", "", "not a valid model manifest")]
    public void A_manifest_that_is_damaged_or_has_a_typo_is_refused_in_one_line(string part, string replacement, string expected)
    {
        ModelPackage.Write(folder, Manifests.Small(), [1, 2, 3]);
        var path = Path.Combine(folder, "model.json");
        var text = File.ReadAllText(path);
        Assert.Contains(part, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(part, replacement, StringComparison.Ordinal));

        var error = Assert.Throws<InvalidDataException>(() => ModelPackage.Load(folder));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains("model.json", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("model.json")]
    [InlineData("model.onnx")]
    public void A_missing_file_is_named(string file)
    {
        ModelPackage.Write(folder, Manifests.Small(), [1, 2, 3]);
        File.Delete(Path.Combine(folder, file));

        var error = Assert.Throws<FileNotFoundException>(() => ModelPackage.Load(folder));

        Assert.Contains($"has no {file}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_folder_is_named()
    {
        var error = Assert.Throws<FileNotFoundException>(() => ModelPackage.Load(Path.Combine(folder, "none")));

        Assert.Contains("does not exist", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_newest_package_is_the_one_with_the_highest_number()
    {
        foreach (var name in (string[])["brain-tumor-2", "brain-tumor-10", "brain-tumor-9"])
        {
            ModelPackage.Write(Path.Combine(folder, name), Manifests.Small(), [1]);
        }

        Directory.CreateDirectory(Path.Combine(folder, "brain-tumor-11"));

        Assert.Equal("brain-tumor-10", Path.GetFileName(ModelPackage.FindNewest(Path.Combine(folder, "none"), folder)));
        Assert.Null(ModelPackage.FindNewest(Path.Combine(folder, "none")));
    }
}
