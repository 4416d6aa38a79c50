using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Slices.Conversion;
using BrainTumorDicom.Slices.Phantoms;
using BrainTumorDicom.Training.Data.Volumes;

namespace BrainTumorDicom.Training.Data;

/// <summary>Slices of synthetic heads, labelled by where their mass is.</summary>
/// <param name="reader">Converts them.</param>
/// <param name="threads">How many heads are made at a time.</param>
internal sealed class PhantomSamples(SliceReader reader, int threads)
{
    /// <summary>Seeds of training phantoms start here, far above those that people try.</summary>
    public const int FirstSeed = 1_000_000;

    // A slice shows the tumour from this part of the mass's largest section on; a smaller section says neither.
    private const double LeastSection = 0.3;
    private const double LeastArea = 60;
    private const double LeastHead = 0.25;
    private const int Pixels = 192;

    // Of a head with a mass most slices show none; as many would drown those that do.
    private const double KeptWithoutMass = 0.3;

    /// <summary>Makes <paramref name="perClass"/> heads of each class; contrast and slice distance vary with the seed.</summary>
    public IReadOnlyList<ReadSlice> Make(int perClass, IProgress<(int Done, int Total)>? progress, CancellationToken cancellationToken)
    {
        var total = perClass * TumorClasses.Count;
        var made = new IReadOnlyList<ReadSlice>[total];
        var done = 0;
        Parallel.For(0, total, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken }, i =>
        {
            made[i] = Make((PhantomClass)(i % TumorClasses.Count), FirstSeed + i);
            progress?.Report((Interlocked.Increment(ref done), total));
        });
        return [.. made.SelectMany(slices => slices)];
    }

    private List<ReadSlice> Make(PhantomClass kind, int seed)
    {
        var random = new SeededRandom(seed, stream: 4);

        // Mostly what commissioning sends, T1 with contrast agent; the rest so that no sequence stands for a class.
        var contrast = random.Chance(0.8) ? PhantomContrast.T1Contrast : (PhantomContrast)random.Below(Enum.GetValues<PhantomContrast>().Length);
        var phantom = HeadPhantom.Create(kind, seed, new PhantomOptions(Slices: 18 + random.Below(16), Size: Pixels, Contrast: contrast));
        var slices = Enumerable.Range(0, phantom.Options.Slices).Select(phantom.Pixels).ToArray();
        var range = DisplayRange.OfSeries(slices, reader.Parameters);
        var areas = Enumerable.Range(0, slices.Length).Select(phantom.TumorArea).ToArray();
        var result = new List<ReadSlice>();
        for (var i = 0; i < slices.Length; i++)
        {
            if (areas[i] > 0 && areas[i] < Math.Max(LeastArea, LeastSection * areas.Max()))
            {
                continue;
            }

            if (areas[i] == 0 && kind != PhantomClass.NoTumor && !random.Chance(KeptWithoutMass))
            {
                continue;
            }

            var label = areas[i] > 0 ? (TumorClass)kind : TumorClass.NoTumor;
            var name = FormattableString.Invariant($"{((TumorClass)kind).Label()} {seed} {contrast} slice {i + 1}");
            var read = reader.Read(slices[i], range, label, name, SampleOrigin.Phantom, FormattableString.Invariant($"phantom {seed}"));
            result.Add(read with { Sample = read.Sample with { Plane = HeadPlane.Axial, Level = (float)i / (slices.Length - 1) } });
        }

        var fullest = result.Max(slice => slice.HeadFraction);
        result.RemoveAll(slice => slice.HeadFraction < LeastHead * fullest);
        return result;
    }
}
