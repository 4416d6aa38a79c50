namespace BrainTumorDicom.Classification.Selection;

/// <summary>How this program names itself in what it writes (General Equipment, PS3.3 §C.7.5.1), and is told by when its results come back.</summary>
public static class OwnEquipment
{
    /// <summary>Manufacturer (0008,0070).</summary>
    public const string Manufacturer = "BrainTumorDicom";

    /// <summary>Manufacturer's Model Name (0008,1090).</summary>
    public const string ModelName = "BrainTumorDicom service";

    /// <summary>Whether something was written by this program, here or elsewhere.</summary>
    public static bool Is(string manufacturer, string modelName) => manufacturer == Manufacturer && modelName == ModelName;
}
