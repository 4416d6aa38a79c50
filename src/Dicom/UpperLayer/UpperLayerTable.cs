namespace BrainTumorDicom.Dicom.UpperLayer;

/// <summary>The state transition table of PS3.8 (table 9-10), printed as the standard prints it.</summary>
internal static class UpperLayerTable
{
    internal const int EventCount = 19;
    internal const int StateCount = 13;

    private const string Table = """
               Sta1  Sta2  Sta3  Sta4  Sta5  Sta6  Sta7  Sta8  Sta9  Sta10 Sta11 Sta12 Sta13
        Evt1   AE-1  -     -     -     -     -     -     -     -     -     -     -     -
        Evt2   -     -     -     AE-2  -     -     -     -     -     -     -     -     -
        Evt3   -     AA-1  AA-8  -     AE-3  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-6
        Evt4   -     AA-1  AA-8  -     AE-4  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-6
        Evt5   AE-5  -     -     -     -     -     -     -     -     -     -     -     -
        Evt6   -     AE-6  AA-8  -     AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-7
        Evt7   -     -     AE-7  -     -     -     -     -     -     -     -     -     -
        Evt8   -     -     AE-8  -     -     -     -     -     -     -     -     -     -
        Evt9   -     -     -     -     -     DT-1  -     AR-7  -     -     -     -     -
        Evt10  -     AA-1  AA-8  -     AA-8  DT-2  AR-6  AA-8  AA-8  AA-8  AA-8  AA-8  AA-6
        Evt11  -     -     -     -     -     AR-1  -     -     -     -     -     -     -
        Evt12  -     AA-1  AA-8  -     AA-8  AR-2  AR-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-6
        Evt13  -     AA-1  AA-8  -     AA-8  AA-8  AR-3  AA-8  AA-8  AR-10 AR-3  AA-8  AA-6
        Evt14  -     -     -     -     -     -     -     AR-4  AR-9  -     -     AR-4  -
        Evt15  -     -     AA-1  AA-2  AA-1  AA-1  AA-1  AA-1  AA-1  AA-1  AA-1  AA-1  -
        Evt16  -     AA-2  AA-3  -     AA-3  AA-3  AA-3  AA-3  AA-3  AA-3  AA-3  AA-3  AA-2
        Evt17  -     AA-5  AA-4  AA-4  AA-4  AA-4  AA-4  AA-4  AA-4  AA-4  AA-4  AA-4  AR-5
        Evt18  -     AA-2  -     -     -     -     -     -     -     -     -     -     AA-2
        Evt19  -     AA-1  AA-8  -     AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-7
        """;

    private static readonly UpperLayerAction?[][] Cells = Parse();

    /// <summary>The action of a cell, or <see langword="null"/> where the standard prints none.</summary>
    internal static UpperLayerAction? Find(UpperLayerEvent happened, UpperLayerState state) => Cells[(int)happened - 1][(int)state - 1];

    private static UpperLayerAction?[][] Parse() =>
        Table.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Skip(1)
                .Select(cell => cell == "-" ? (UpperLayerAction?)null : Enum.Parse<UpperLayerAction>(cell.Replace("-", "", StringComparison.Ordinal)))
                .ToArray())
            .ToArray();
}
