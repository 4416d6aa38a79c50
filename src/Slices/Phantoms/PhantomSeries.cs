using System.Buffers.Binary;
using System.Globalization;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;

namespace BrainTumorDicom.Slices.Phantoms;

/// <summary>A phantom as a valid MR series (PS3.3 §A.4): one MR Image Storage file a slice, the same bytes for the same phantom.</summary>
public static class PhantomSeries
{
    /// <summary>Stored value of signal 1; the brightest fat stays below the 12 bits.</summary>
    private const float StoredPerSignal = 2400;
    private const int MostStored = 4095;

    /// <summary>The class as the command line and the model's labels write it.</summary>
    public static string Label(PhantomClass kind) => kind switch
    {
        PhantomClass.Glioma => "glioma",
        PhantomClass.Meningioma => "meningioma",
        PhantomClass.NoTumor => "notumor",
        PhantomClass.Pituitary => "pituitary",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such class."),
    };

    /// <summary>Writes the series into <paramref name="folder"/>, which is made where it is missing, as IM0001.dcm and so on.</summary>
    /// <returns>The files, bottom slice first.</returns>
    public static IReadOnlyList<string> Write(HeadPhantom phantom, string folder)
    {
        ArgumentNullException.ThrowIfNull(phantom);

        Directory.CreateDirectory(folder);
        var paths = new List<string>(phantom.Options.Slices);
        foreach (var file in Create(phantom))
        {
            var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"IM{paths.Count + 1:0000}.dcm"));
            file.Write(path);
            paths.Add(path);
        }

        return paths;
    }

    /// <summary>The series in memory, bottom slice first.</summary>
    public static IReadOnlyList<DicomFile> Create(HeadPhantom phantom)
    {
        ArgumentNullException.ThrowIfNull(phantom);

        var series = PhantomHeader.OfSeries(phantom);
        var files = new DicomFile[phantom.Options.Slices];
        for (var i = 0; i < files.Length; i++)
        {
            var dataset = series.Clone();
            PhantomHeader.AddSlice(dataset, phantom, i);
            var pixels = new byte[phantom.Slice(i).Length * sizeof(ushort)];
            Store(phantom.Slice(i), pixels);
            dataset.SetBytes(DicomTag.PixelData, DicomVr.OW, pixels);
            files[i] = new DicomFile(dataset, DicomTransferSyntax.ExplicitVrLittleEndian);
        }

        return files;
    }

    /// <summary>Writes a slice's stored values, little endian.</summary>
    internal static void Store(ReadOnlySpan<float> signal, Span<byte> bytes)
    {
        for (var i = 0; i < signal.Length; i++)
        {
            var value = Math.Clamp((int)MathF.Round(signal[i] * StoredPerSignal), 0, MostStored);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes[(2 * i)..], (ushort)value);
        }
    }
}
