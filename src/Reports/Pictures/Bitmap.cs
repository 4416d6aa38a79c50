namespace BrainTumorDicom.Reports.Pictures;

/// <summary>A colour picture that can be drawn on.</summary>
/// <param name="width">Columns.</param>
/// <param name="height">Rows.</param>
internal sealed class Bitmap(int width, int height)
{
    /// <summary>Columns.</summary>
    public int Width => width;

    /// <summary>Rows.</summary>
    public int Height => height;

    /// <summary>[Height × Width × 3], row-major, red, green, blue; black at first.</summary>
    public byte[] Pixels { get; } = new byte[width * height * 3];

    /// <summary>Colours a pixel.</summary>
    public void Set(int x, int y, Rgb color)
    {
        var at = ((y * width) + x) * 3;
        (Pixels[at], Pixels[at + 1], Pixels[at + 2]) = (color.Red, color.Green, color.Blue);
    }

    /// <summary>Colours a rectangle.</summary>
    public void Fill(int x, int y, int columns, int rows, Rgb color)
    {
        for (var row = y; row < y + rows; row++)
        {
            for (var column = x; column < x + columns; column++)
            {
                Set(column, row, color);
            }
        }
    }

    /// <summary>Draws a line of text; what does not fit the picture is a programming error.</summary>
    /// <param name="text">The line.</param>
    /// <param name="x">Left edge.</param>
    /// <param name="y">Upper edge.</param>
    /// <param name="scale">Pixels a dot.</param>
    /// <param name="color">Of the dots.</param>
    public void Write(string text, int x, int y, int scale, Rgb color)
    {
        foreach (var character in text)
        {
            for (var row = 0; row < BitmapFont.Height; row++)
            {
                for (var column = 0; column < BitmapFont.Advance - 1; column++)
                {
                    if (BitmapFont.HasDot(character, row, column))
                    {
                        Fill(x + (column * scale), y + (row * scale), scale, scale, color);
                    }
                }
            }

            x += BitmapFont.Advance * scale;
        }
    }
}
