using BenchmarkDotNet.Attributes;
using BrainTumorDicom.Classification.Execution;
using BrainTumorDicom.Classification.Model;
using BrainTumorDicom.Slices.Conversion;
using BrainTumorDicom.Slices.Phantoms;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Benchmarks;

/// <summary>How do the conversion of slices and the whole way to an answer compare with what ONNX Runtime alone takes? Eight slices an operation.</summary>
[MemoryDiagnoser]
public class ClassifySlice
{
    private SlicePixels[] _slices = [];
    private float[] _inputs = [];
    private DisplayRange _range;
    private PreprocessingParameters _parameters = new();
    private Classifier? _classifier;

    /// <summary>CPU threads of ONNX Runtime.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var package = ModelPackage.FindNewest(Path.Combine(SharedData.ProjectRoot, "models"))
            ?? throw new InvalidOperationException("No model package under models/.");
        _classifier = Classifier.Load(ModelPackage.Load(package), DeviceChoice.Cpu, Threads);
        _parameters = _classifier.Package.Manifest.Preprocessing;
        var phantom = HeadPhantom.Create(PhantomClass.Glioma, seed: 1, new PhantomOptions(Slices: 28));
        _slices = [.. Enumerable.Range(10, Classifier.BatchSize).Select(phantom.Pixels)];
        _range = DisplayRange.OfSeries(_slices, _parameters);
        _inputs = new float[Classifier.BatchSize * _parameters.Size * _parameters.Size];
        Convert();
    }

    [GlobalCleanup]
    public void Cleanup() => _classifier?.Dispose();

    [Benchmark(Baseline = true)]
    public object OnnxRuntimeAlone() => _classifier!.Run(_inputs, Classifier.BatchSize);

    [Benchmark]
    public void Convert()
    {
        var length = _parameters.Size * _parameters.Size;
        for (var i = 0; i < _slices.Length; i++)
        {
            var box = HeadBox.Find(_slices[i], _range, _parameters);
            SliceConverter.Convert(_slices[i], _range, box, _parameters, _inputs.AsSpan(i * length, length));
        }
    }

    [Benchmark]
    public object ConvertAndClassify()
    {
        Convert();
        return _classifier!.Run(_inputs, Classifier.BatchSize);
    }
}
