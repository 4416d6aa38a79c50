using BrainTumorDicom.Slices.Conversion;

namespace BrainTumorDicom.Slices.Phantoms;

/// <summary>A synthetic MR head in three dimensions with a known answer. The same class, seed and options give the same head.</summary>
/// <remarks>
/// Made for commissioning and for tests, not for realism in detail: scalp, skull, orbits, sinuses, skull base, cortex folded along sheets
/// of a random field, deep nuclei, ventricles, cisterns, cerebellum, brainstem, large vessels; size, proportions, rotation and contrast
/// vary with the seed; partial volume, bias field and Rician noise are added.
/// </remarks>
public sealed class HeadPhantom
{
    /// <summary>Height of the part of the head that is sampled, in mm.</summary>
    public const double Extent = 140;

    private readonly float[] volume;
    private readonly byte[] mask;

    internal HeadPhantom(PhantomClass kind, int seed, PhantomOptions options, float[] volume, byte[] mask)
    {
        Class = kind;
        Seed = seed;
        Options = options;
        this.volume = volume;
        this.mask = mask;
    }

    /// <summary>What it shows.</summary>
    public PhantomClass Class { get; }

    /// <summary>The seed.</summary>
    public int Seed { get; }

    /// <summary>How it was sampled.</summary>
    public PhantomOptions Options { get; }

    /// <summary>Distance between pixel centres in mm.</summary>
    public double PixelSpacing => Options.FieldOfView / Options.Size;

    /// <summary>Distance between slice centres, and slice thickness, in mm.</summary>
    public double SliceSpacing => Extent / Options.Slices;

    /// <summary>Makes a phantom.</summary>
    public static HeadPhantom Create(PhantomClass kind, int seed, PhantomOptions? options = null)
    {
        options ??= new PhantomOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Slices, PhantomOptions.FewestSlices);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Slices, PhantomOptions.MostSlices);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Size, 32);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Size, 1024);
        if (!Enum.IsDefined(kind) || !Enum.IsDefined(options.Contrast))
        {
            throw new ArgumentOutOfRangeException(nameof(kind), $"No phantom of class {kind} and contrast {options.Contrast}.");
        }

        return new PhantomRenderer(kind, seed, options).Render();
    }

    /// <summary>[rows × columns] signal of a slice, bottom slice first, rows from front to back, columns from the patient's right to left; 0 or more, fat on T1 about 0.85.</summary>
    public ReadOnlySpan<float> Slice(int index) => volume.AsSpan(index * SliceLength, SliceLength);

    /// <summary>A copy of <see cref="Slice"/> as the converter takes it.</summary>
    public SlicePixels Pixels(int index) => new(Slice(index).ToArray(), Options.Size, Options.Size, PixelSpacing, PixelSpacing);

    /// <summary>[rows × columns] 1 where the slice shows the mass (not oedema, not dural tail), else 0.</summary>
    public ReadOnlySpan<byte> TumorMask(int index) => mask.AsSpan(index * SliceLength, SliceLength);

    /// <summary>Area of the mass in a slice in mm².</summary>
    public double TumorArea(int index) => TumorMask(index).Count((byte)1) * PixelSpacing * PixelSpacing;

    private int SliceLength => Options.Size * Options.Size;
}
