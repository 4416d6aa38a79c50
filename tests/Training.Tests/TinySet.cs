using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Slices.Images;

namespace BrainTumorDicom.Training.Tests;

/// <summary>A small training set on disk, easy to tell apart: a head with a bright square in a corner that depends on the class.</summary>
internal sealed class TinySet : IDisposable
{
    private const int Size = 48;

    public TinySet(int perClass = 16)
    {
        Root = Directory.CreateTempSubdirectory("btd-training-").FullName;
        foreach (var label in TumorClasses.Labels)
        {
            Directory.CreateDirectory(Path.Combine(Folder, label));
            for (var i = 0; i < perClass; i++)
            {
                WriteSlice(Path.Combine(Folder, label, $"{i:D3}.png"), TumorClasses.Labels.IndexOf(label), i);
            }
        }
    }

    public string Root { get; }

    public string Folder => Path.Combine(Root, "set");

    public string Output => Path.Combine(Root, "out");

    public void Dispose() => Directory.Delete(Root, recursive: true);

    public static void WriteSlice(string path, int label, int variant)
    {
        var random = new SeededRandom(variant, stream: (ulong)label);
        var pixels = new byte[Size * Size];

        // Grain of three pixels: without it all slices of a class would be near copies, and one leak group.
        var grain = new double[(Size / 3) * (Size / 3)];
        foreach (ref var value in grain.AsSpan())
        {
            value = random.Between(-75, 75);
        }

        // Upper or lower, middle or rim: mirroring must not change the class.
        var (top, left) = (label % 2 == 0 ? 10 : 30, label < 2 ? 20 : 8);
        for (var y = 0; y < Size; y++)
        {
            for (var x = 0; x < Size; x++)
            {
                var inside = Math.Pow((y - 23.5) / 22, 2) + Math.Pow((x - 23.5) / 20, 2) < 1;
                var square = y >= top && y < top + 9 && x >= left && x < left + 9;
                var value = !inside ? 0 : square ? 250 : 105;
                pixels[(y * Size) + x] = (byte)Math.Clamp(value + (inside ? (square ? 0 : grain[(y / 3 * (Size / 3)) + (x / 3)]) + (6 * random.NextNormal()) : 0), 0, 255);
            }
        }

        using var file = File.Create(path);
        PngWriter.WriteGray(file, pixels, Size, Size);
    }
}
