using System.Runtime.InteropServices;
using System.Security.Cryptography;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Slices.Conversion;

namespace BrainTumorDicom.Training.Data;

/// <summary>Turns slices into samples, with the conversion that the service uses.</summary>
/// <param name="parameters">The model's preprocessing.</param>
internal sealed class SliceReader(PreprocessingParameters parameters)
{
    // Augmentation magnifies: a quarter more pixels than the input keep its detail.
    private readonly PreprocessingParameters _sourceParameters = parameters with { Size = parameters.Size * 5 / 4 };

    /// <summary>Rows and columns of <see cref="Sample.Source"/>.</summary>
    public int SourceSize => _sourceParameters.Size;

    /// <summary>The model's preprocessing.</summary>
    public PreprocessingParameters Parameters => parameters;

    /// <summary>Converts one slice of a series whose display range is known. The group is set later.</summary>
    public ReadSlice Read(SlicePixels slice, DisplayRange range, TumorClass label, string name, SampleOrigin origin, string group, SliceEncoding encoding = SliceEncoding.None)
    {
        var box = HeadBox.Find(slice, range, parameters);
        var input = new float[parameters.Size * parameters.Size];
        SliceConverter.Convert(slice, range, box, parameters, input);
        var source = new float[SourceSize * SourceSize];
        SliceConverter.Convert(slice, range, box, _sourceParameters, source);
        var digest = SHA256.HashData(MemoryMarshal.AsBytes(slice.Values.AsSpan()));
        return new ReadSlice(
            new Sample(
                label,
                name,
                Group: 0,
                origin,
                Array.ConvertAll(source, value => (byte)((value * 255) + 0.5f)),
                Array.ConvertAll(input, value => (Half)value),
                encoding == SliceEncoding.None ? null : new SliceFacts(
                    slice.Rows, slice.Columns, PlaneGuess.Of(input, parameters.Size), encoding, SliceFingerprint.Of(slice))),
            group,
            MemoryMarshal.Read<UInt128>(digest),
            box.AreaFraction);
    }
}
