using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Training.Data;

namespace BrainTumorDicom.Training.Tests.Data.Tumors;

/// <summary>A head as simple as can be: a bright ring, a dark one, brain, and perhaps a bright disc in it.</summary>
internal static class DrawnHead
{
    public const int Size = 100;

    public static byte[] View(double tumorX = -1, double tumorY = -1, double radius = 8)
    {
        var view = new byte[Size * Size];
        for (var i = 0; i < view.Length; i++)
        {
            var (x, y) = (i % Size, i / Size);
            var part = Math.Sqrt(Math.Pow((x - 50) / 46.0, 2) + Math.Pow((y - 50) / 46.0, 2));
            var tumor = Math.Sqrt(Math.Pow(x - tumorX, 2) + Math.Pow(y - tumorY, 2)) < radius;
            view[i] = part > 1 ? (byte)0 : part > 0.93 ? (byte)200 : part > 0.86 ? (byte)15 : tumor ? (byte)190 : (byte)(90 + ((x * 7) + (y * 3)) % 12);
        }

        return view;
    }

    public static Sample Sample(TumorClass label, byte[] view, string name = "head") =>
        new(label, name, 1, SampleOrigin.Main, view, new Half[4]);

    /// <summary>Heat with its top at a place.</summary>
    public static float[] Heat(double x, double y) =>
        [.. Enumerable.Range(0, Size * Size).Select(i => (float)Math.Exp(-(Math.Pow((i % Size) - x, 2) + Math.Pow((i / Size) - y, 2)) / 800))];
}
