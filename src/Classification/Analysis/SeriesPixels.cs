using System.Collections;
using BrainTumorDicom.Classification.Selection;
using BrainTumorDicom.Slices.Conversion;

namespace BrainTumorDicom.Classification.Analysis;

/// <summary>The pixels of a stack, read when asked for. What fits the bound is kept, the rest is read again each time.</summary>
internal sealed class SeriesPixels : IReadOnlyList<SlicePixels>
{
    // 128 MiB of float32: four hundred slices of 256 × 256 and more are read once.
    private const long MostKeptPixels = 32L << 20;

    private readonly OpenInstances instances;
    private readonly IReadOnlyList<StackSlice> stack;
    private readonly SlicePixels?[] kept;
    private long keptPixels;

    public SeriesPixels(IReadOnlyList<InstanceSource> sources, IReadOnlyList<StackSlice> stack)
    {
        instances = new OpenInstances(sources);
        this.stack = stack;
        kept = new SlicePixels?[stack.Count];
    }

    /// <inheritdoc/>
    public int Count => stack.Count;

    /// <inheritdoc/>
    public SlicePixels this[int index]
    {
        get
        {
            if (kept[index] is { } known)
            {
                return known;
            }

            var header = stack[index].Header;
            var slice = instances.Read(header.Source, header.Frame);
            if (keptPixels + slice.Values.Length <= MostKeptPixels)
            {
                keptPixels += slice.Values.Length;
                kept[index] = slice;
            }

            return slice;
        }
    }

    /// <inheritdoc/>
    public IEnumerator<SlicePixels> GetEnumerator() => Enumerable.Range(0, Count).Select(i => this[i]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
