using System.Globalization;

namespace BrainTumorDicom.Training.Reporting;

/// <summary>A confusion matrix as a picture, where no page can show it as a table.</summary>
internal static class ConfusionPicture
{
    private const int Cell = 84;
    private const int Margin = 84;

    /// <summary>Draws it: rows true, columns answered, each cell shaded by its part of the row.</summary>
    public static Picture Of(IReadOnlyList<string> labels, IReadOnlyList<int> counts)
    {
        var side = Margin + (labels.Count * Cell) + 8;
        var picture = new Picture(side, side, Rgb.White);
        picture.Write(8, 8, "true", Rgb.Black);
        picture.Write(20, 8, "\\ answered", Rgb.Black);
        for (var row = 0; row < labels.Count; row++)
        {
            var total = Math.Max(1, Enumerable.Range(0, labels.Count).Sum(column => counts[(row * labels.Count) + column]));
            picture.Write(Margin + (row * Cell) + (Cell / 2) - 4, 8, labels[row], Rgb.Black);
            picture.Write(Margin - 16, Margin + (row * Cell) + 6, labels[row], Rgb.Black);
            for (var column = 0; column < labels.Count; column++)
            {
                var count = counts[(row * labels.Count) + column];
                var (top, left, part) = (Margin + (row * Cell), Margin + (column * Cell), (double)count / total);
                picture.Fill(top, left, Cell - 1, Cell - 1, ColorScale.Count(part));
                var text = count.ToString(CultureInfo.InvariantCulture);
                picture.Write(top + (Cell / 2) - 7, left + ((Cell - (text.Length * 2 * BitmapFont.Advance)) / 2), text, part > 0.55 ? Rgb.White : Rgb.Black, scale: 2);
            }
        }

        return picture;
    }
}
