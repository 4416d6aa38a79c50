using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Slices.Conversion;
using BrainTumorDicom.Slices.Phantoms;
using BrainTumorDicom.Training.Data.Tumors;
using BrainTumorDicom.Training.Evaluation.Volumes;
using BrainTumorDicom.Training.Tests.Data.Tumors;

namespace BrainTumorDicom.Training.Tests.Evaluation.Volumes;

public sealed class TumorInsertionTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void A_tumour_is_put_into_as_many_neighbouring_slices_as_asked_for_and_nowhere_else(int slices)
    {
        var phantom = PhantomSeries.Create(HeadPhantom.Create(PhantomClass.NoTumor, 5, new PhantomOptions(Slices: 20, Size: 96)));
        var series = VolumeSeries.Of("phantom", phantom.Select((file, i) => ($"{i}", (BrainTumorDicom.Dicom.Files.DicomFile?)file)));
        var place = TumorRegion.Grow(DrawnHead.Sample(TumorClass.Glioma, DrawnHead.View(65, 45)), DrawnHead.Heat(65, 45), DrawnHead.Size)!;
        var random = new SeededRandom(1, stream: 1);

        var made = new TumorInsertion([place], DrawnHead.Size, new PreprocessingParameters(Size: 64)).Insert(series, slices, ref random);

        Assert.NotNull(made);
        Assert.Equal(TumorClass.Glioma, made.Value.Class);
        var changed = series.Slices.Zip(made.Value.Series.Slices).Where(pair => !pair.First.Pixels().Values.SequenceEqual(pair.Second.Pixels().Values)).ToArray();
        Assert.Equal(made.Value.Instances.Order(), changed.Select(pair => pair.First.Instance).Order());
        Assert.Equal(slices, changed.Length);
        var indices = changed.Select(pair => series.Slices.ToList().IndexOf(pair.First)).ToArray();
        Assert.Equal(slices - 1, indices.Max() - indices.Min());
    }
}
