using BrainTumorDicom.Training.Data.Tumors;

namespace BrainTumorDicom.Training.Data;

/// <summary>Small bright spots in the white matter, as age and multiple sclerosis leave them: no tumour.</summary>
internal static class Spots
{
    /// <summary>Adds a few.</summary>
    public static void Add(Span<byte> view, int size, ref SeededRandom random)
    {
        var outline = new HeadOutline(view, size);
        var strength = random.Between(30, 110) * (random.Chance(0.25) ? -1 : 1);
        for (var spots = 3 + random.Below(9); spots > 0; spots--)
        {
            var angle = random.Between(0, 2 * Math.PI);
            var distance = random.Between(0.2, 0.7) * outline.Brain(angle);
            var (x, y) = (outline.Center + (distance * Math.Cos(angle)), outline.Center + (distance * Math.Sin(angle)));
            var radius = size * random.Between(0.006, 0.018);
            for (var row = (int)Math.Max(0, y - (3 * radius)); row <= Math.Min(size - 1, y + (3 * radius)); row++)
            {
                for (var column = (int)Math.Max(0, x - (3 * radius)); column <= Math.Min(size - 1, x + (3 * radius)); column++)
                {
                    var square = (((row - y) * (row - y)) + ((column - x) * (column - x))) / (radius * radius);
                    ref var pixel = ref view[(row * size) + column];
                    pixel = (byte)Math.Clamp(pixel + (strength * Math.Exp(-square)), 0, 255);
                }
            }
        }
    }
}
