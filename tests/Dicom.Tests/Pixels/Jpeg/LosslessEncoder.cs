namespace BrainTumorDicom.Dicom.Tests.Pixels.Jpeg;

/// <summary>Lossless JPEG as T.81 annex H says it, written to be plain: every category has a code of five bits.</summary>
internal static class LosslessEncoder
{
    private const int Categories = 17;

    /// <summary>Encodes [rows × columns] samples of <paramref name="precision"/> bits.</summary>
    internal static byte[] Encode(int[] samples, int columns, int precision, int predictor, int pointTransform = 0, int restartLines = 0)
    {
        var rows = samples.Length / columns;
        var output = new List<byte> { 0xFF, 0xD8 };
        output.AddRange([0xFF, 0xC4, 0, 19 + Categories, 0, 0, 0, 0, 0, Categories, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        output.AddRange(Enumerable.Range(0, Categories).Select(category => (byte)category));
        var interval = restartLines * columns;
        output.AddRange([0xFF, 0xDD, 0, 4, (byte)(interval >> 8), (byte)interval]);
        output.AddRange([0xFF, 0xC3, 0, 11, (byte)precision, (byte)(rows >> 8), (byte)rows, (byte)(columns >> 8), (byte)columns, 1, 1, 0x11, 0]);
        output.AddRange([0xFF, 0xDA, 0, 8, 1, 1, 0, (byte)predictor, 0, (byte)pointTransform]);

        var bits = new BitWriter(output);
        var reduced = Array.ConvertAll(samples, sample => sample >> pointTransform);
        for (var row = 0; row < rows; row++)
        {
            var isFirst = row == 0 || (restartLines > 0 && row % restartLines == 0);
            if (row > 0 && isFirst)
            {
                bits.Flush();
                output.AddRange([0xFF, (byte)(0xD0 + (((row / restartLines) - 1) & 7))]);
            }

            for (var column = 0; column < columns; column++)
            {
                var i = (row * columns) + column;
                var prediction = isFirst ? (column == 0 ? 1 << (precision - pointTransform - 1) : reduced[i - 1])
                    : column == 0 ? reduced[i - columns]
                    : Predict(predictor, reduced[i - 1], reduced[i - columns], reduced[i - columns - 1]);
                WriteDifference(bits, (reduced[i] - prediction) & 0xFFFF);
            }
        }

        bits.Flush();
        output.AddRange([0xFF, 0xD9]);
        return [.. output];
    }

    private static int Predict(int predictor, int a, int b, int c) => predictor switch
    {
        1 => a,
        2 => b,
        3 => c,
        4 => a + b - c,
        5 => a + ((b - c) >> 1),
        6 => b + ((a - c) >> 1),
        _ => (a + b) >> 1,
    };

    private static void WriteDifference(BitWriter bits, int modulo)
    {
        var difference = modulo > 0x8000 ? modulo - 0x10000 : modulo;
        var category = difference == 0 ? 0 : (int)Math.Log2(Math.Abs(difference)) + 1;
        bits.Write(category, 5);
        if (category is > 0 and < 16)
        {
            bits.Write(difference > 0 ? difference : difference + (1 << category) - 1, category);
        }
    }

    private sealed class BitWriter(List<byte> output)
    {
        private int held;
        private int count;

        internal void Write(int value, int width)
        {
            for (var i = width - 1; i >= 0; i--)
            {
                held = (held << 1) | ((value >> i) & 1);
                if (++count == 8)
                {
                    output.Add((byte)held);
                    if (held == 0xFF)
                    {
                        output.Add(0);
                    }

                    (held, count) = (0, 0);
                }
            }
        }

        internal void Flush()
        {
            while (count != 0)
            {
                Write(1, 1);
            }
        }
    }
}
