namespace BrainTumorDicom.Slices.Images;

/// <summary>Rec. 601 luma in 16-bit fixed point, rounded as the usual image libraries do.</summary>
internal static class Luma
{
    /// <summary>Luma of a colour whose components have up to 16 bits.</summary>
    public static uint Of(uint red, uint green, uint blue) => ((red * 19595) + (green * 38470) + (blue * 7471) + 0x8000) >> 16;
}
