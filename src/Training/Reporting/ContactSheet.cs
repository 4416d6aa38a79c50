namespace BrainTumorDicom.Training.Reporting;

/// <summary>Many small pictures on one, each with up to two lines below it.</summary>
internal static class ContactSheet
{
    private const int Gap = 6;
    private const int LineHeight = 10;

    /// <summary>Lays the pictures out in rows.</summary>
    /// <param name="tiles">All of one size.</param>
    /// <param name="columns">How many side by side.</param>
    public static Picture Of(IReadOnlyList<(Picture Picture, string First, string Second)> tiles, int columns)
    {
        var (rows, width) = tiles.Count == 0 ? (1, 1) : (tiles[0].Picture.Rows, tiles[0].Picture.Columns);
        columns = Math.Clamp(tiles.Count, 1, columns);
        var lines = (tiles.Count + columns - 1) / columns;
        var height = rows + (2 * LineHeight) + Gap;
        var sheet = new Picture((lines * height) + Gap, (columns * (width + Gap)) + Gap, Rgb.White);
        for (var i = 0; i < tiles.Count; i++)
        {
            var (top, left) = (Gap + (i / columns * height), Gap + (i % columns * (width + Gap)));
            sheet.Draw(top, left, tiles[i].Picture);
            sheet.Write(top + rows + 2, left, Fitting(tiles[i].First, width), Rgb.Black);
            sheet.Write(top + rows + 2 + LineHeight, left, Fitting(tiles[i].Second, width), Rgb.Black);
        }

        return sheet;
    }

    // Of a name that is too long the end tells more than the beginning.
    private static string Fitting(string text, int width)
    {
        var most = width / BitmapFont.Advance;
        return text.Length <= most ? text : "." + text[^(most - 1)..];
    }
}
