using BenchmarkDotNet.Attributes;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Dicom.Pixels;
using BrainTumorDicom.Slices.Phantoms;

namespace BrainTumorDicom.Benchmarks;

/// <summary>What does it cost to read one MR instance, its header alone, and its pixels?</summary>
[MemoryDiagnoser]
public class DecodeDataset
{
    private byte[] _file = [];
    private int[] _stored = [];

    /// <summary>Rows and columns of the instance.</summary>
    [Params(256, 512)]
    public int Size { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var phantom = HeadPhantom.Create(PhantomClass.Glioma, seed: 1, new PhantomOptions(Slices: 12, Size: Size));
        _file = PhantomSeries.Create(phantom)[6].ToArray();
        _stored = new int[Size * Size];
    }

    [Benchmark(Baseline = true)]
    public DicomFile Whole() => DicomFile.Read(_file);

    [Benchmark]
    public DicomFile HeaderOnly() => DicomFile.ReadHeader(_file);

    [Benchmark]
    public int WholeAndPixels()
    {
        PixelFrames.Open(DicomFile.Read(_file)).ReadStored(0, _stored);
        return _stored[0];
    }
}
