using BrainTumorDicom.Slices.Images;

namespace BrainTumorDicom.Training.Reporting;

/// <summary>A colour picture that is drawn dot by dot and written as PNG.</summary>
internal sealed class Picture
{
    private readonly byte[] _dots;

    public Picture(int rows, int columns, Rgb background)
    {
        (Rows, Columns) = (rows, columns);
        _dots = new byte[rows * columns * 3];
        Fill(0, 0, rows, columns, background);
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>The colour of a dot; what lies outside is not drawn.</summary>
    public Rgb this[int row, int column]
    {
        get
        {
            var at = ((row * Columns) + column) * 3;
            return new Rgb(_dots[at], _dots[at + 1], _dots[at + 2]);
        }

        set
        {
            if (row >= 0 && column >= 0 && row < Rows && column < Columns)
            {
                var at = ((row * Columns) + column) * 3;
                (_dots[at], _dots[at + 1], _dots[at + 2]) = (value.Red, value.Green, value.Blue);
            }
        }
    }

    /// <summary>A picture of a function over the unit square, row and column in [0, 1].</summary>
    public static Picture Of(int rows, int columns, Func<double, double, Rgb> color)
    {
        var picture = new Picture(rows, columns, Rgb.Black);
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                picture[row, column] = color((row + 0.5) / rows, (column + 0.5) / columns);
            }
        }

        return picture;
    }

    /// <summary>Fills a rectangle.</summary>
    public void Fill(int top, int left, int height, int width, Rgb color)
    {
        for (var row = top; row < top + height; row++)
        {
            for (var column = left; column < left + width; column++)
            {
                this[row, column] = color;
            }
        }
    }

    /// <summary>Draws the border of a rectangle, inside it.</summary>
    public void Frame(int top, int left, int height, int width, int thickness, Rgb color)
    {
        Fill(top, left, thickness, width, color);
        Fill(top + height - thickness, left, thickness, width, color);
        Fill(top, left, height, thickness, color);
        Fill(top, left + width - thickness, height, thickness, color);
    }

    /// <summary>Copies another picture in.</summary>
    public void Draw(int top, int left, Picture other)
    {
        for (var row = 0; row < other.Rows; row++)
        {
            for (var column = 0; column < other.Columns; column++)
            {
                this[top + row, left + column] = other[row, column];
            }
        }
    }

    /// <summary>Writes text in dots of <paramref name="scale"/> × <paramref name="scale"/>.</summary>
    public void Write(int top, int left, string text, Rgb color, int scale = 1)
    {
        for (var i = 0; i < text.Length; i++)
        {
            for (var row = 0; row < BitmapFont.Height; row++)
            {
                for (var column = 0; column < BitmapFont.Advance; column++)
                {
                    if (BitmapFont.IsSet(text[i], row, column))
                    {
                        Fill(top + (row * scale), left + (((i * BitmapFont.Advance) + column) * scale), scale, scale, color);
                    }
                }
            }
        }
    }

    /// <summary>The bytes of a PNG file.</summary>
    public byte[] ToPng()
    {
        using var stream = new MemoryStream();
        PngWriter.WriteColor(stream, _dots, Rows, Columns);
        return stream.ToArray();
    }
}
