namespace BrainTumorDicom.Service.Deliver;

/// <summary>What the status of a C-STORE (PS3.4 Table B.2-1, PS3.7 Annex C) means for a report, and the Failure Reason of a STOW-RS response (PS3.18 §10.5.3), which has the same codes.</summary>
internal static class StoreFailure
{
    /// <summary>SOP instance there already: from an attempt whose answer was lost.</summary>
    public const int Duplicate = 0x0111;

    /// <summary>Whether the object is refused for good: it is wrong, or of a class that is not taken.</summary>
    /// <remarks>A7xxH out of resources, 0110H processing failure, 0124H not authorized and the rest are of the destination, and may pass.</remarks>
    public static bool IsFinal(int status) =>
        status is 0x0122 or 0x0117 or 0x0106 or 0x0120 or 0x0121 or (>= 0xA800 and <= 0xA9FF) or (>= 0xC000 and <= 0xCFFF);
}
