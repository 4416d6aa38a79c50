using BrainTumorDicom.Classification.Execution;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Classification.Model;
using BrainTumorDicom.Classification.Tests.Model;

namespace BrainTumorDicom.Classification.Tests.Execution;

public sealed class ClassifierTests : IDisposable
{
    private const int Pixels = TinyModel.Size * TinyModel.Size;

    private readonly string folder = Directory.CreateTempSubdirectory("btd-classifier-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Each_slice_of_several_batches_gets_its_own_answer()
    {
        using var classifier = Classifier.Load(TinyModel.Write(folder), DeviceChoice.Cpu, threads: 1);
        var inputs = new float[19 * Pixels];
        for (var i = 0; i < 19; i++)
        {
            inputs[(i * Pixels) + 5] = i % 3 == 0 ? 1f : i % 3 == 1 ? 0.8f : 0.4f;
        }

        var outputs = classifier.Run(inputs, 19);

        Assert.Equal(19, outputs.Length);
        Assert.All(outputs, output => Assert.Equal(1, output.Probabilities.Sum(), 12));
        Assert.All(outputs.Index(), item => Assert.Equal(
            (item.Index % 3) switch { 0 => TumorClass.Glioma, 1 => TumorClass.Meningioma, _ => TumorClass.NoTumor },
            item.Item.Leading));
        Assert.Equal([13f, 7f, 0f, -10f], outputs[0].Logits.Select(logit => MathF.Round(logit, 3)));
    }

    [Fact]
    public void The_centre_of_attention_is_where_the_class_was_seen()
    {
        using var classifier = Classifier.Load(TinyModel.Write(folder), DeviceChoice.Cpu, threads: 1);
        var inputs = new float[Pixels];
        inputs[(26 * TinyModel.Size) + 5] = 1;

        var (row, column) = classifier.Run(inputs, 1)[0].AttentionCentre(TumorClass.Glioma);

        Assert.Equal(6.5 / 8, row, 6);
        Assert.Equal(1.5 / 8, column, 6);
    }

    [Fact]
    public void The_distance_is_that_of_the_nearest_class_mean()
    {
        var gate = new FeatureGate([0, 0, 10, 10, 20, 20, 30, 30], [1, 4], 9);

        Assert.Equal((1 + (1 / 4.0)) / 2, gate.Distance([11, 9]), 12);
        Assert.Throws<ArgumentException>(() => gate.Distance([1]));
    }

    [Fact]
    public async Task Several_threads_may_run_at_once()
    {
        using var classifier = Classifier.Load(TinyModel.Write(folder), DeviceChoice.Cpu, threads: 1);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => Task.Run(() =>
        {
            var inputs = new float[10 * Pixels];
            inputs.AsSpan().Fill(n % 2 == 0 ? 1 : 0.2f);
            return Enumerable.Range(0, 5).SelectMany(_ => classifier.Run(inputs, 10)).All(o => o.Leading == (n % 2 == 0 ? TumorClass.Glioma : TumorClass.NoTumor));
        })));

        Assert.All(answers, Assert.True);
    }

    [Fact]
    public void Weights_that_are_no_model_are_refused_by_name()
    {
        var package = ModelPackage.Write(folder, Manifests.Small(), "not a model"u8);

        var error = Assert.Throws<InvalidDataException>(() => Classifier.Load(package, DeviceChoice.Cpu));

        Assert.Contains("model.onnx cannot be loaded", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_network_without_an_output_is_refused_by_its_name()
    {
        var package = ModelPackage.Write(folder, Manifests.Small(), TinyModel.Network(attention: "heat"));

        var error = Assert.Throws<InvalidDataException>(() => Classifier.Load(package, DeviceChoice.Cpu));

        Assert.Contains("attention", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gate_of_another_width_than_the_features_is_refused()
    {
        var manifest = Manifests.Small() with { Gate = new FeatureGate([0, 0, 0, 0], [1], 9) };
        var package = ModelPackage.Write(folder, manifest, TinyModel.Network());

        var error = Assert.Throws<InvalidDataException>(() => Classifier.Load(package, DeviceChoice.Cpu));

        Assert.Contains("[1 × 2]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_is_not_there_is_an_error_when_asked_for_and_the_processor_otherwise()
    {
        Assert.SkipWhen(File.Exists("/dev/nvidiactl") || OperatingSystem.IsWindows(), "this machine may have CUDA");
        var package = TinyModel.Write(folder);

        var error = Assert.Throws<InvalidOperationException>(() => Classifier.Load(package, DeviceChoice.Cuda));
        using var automatic = Classifier.Load(package, DeviceChoice.Auto);

        Assert.Contains("libcuda.so.1", error.Message, StringComparison.Ordinal);
        Assert.Equal("CPU", automatic.ExecutionProvider);
    }
}
