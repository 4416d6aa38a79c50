namespace BrainTumorDicom.Dicom.UpperLayer;

/// <summary>What one association may use.</summary>
/// <param name="MaximumPduLength">Announced, in bytes: the longest P-DATA-TF body we take.</param>
/// <param name="Artim">ARTIM timer (PS3.8 §9.1.5).</param>
/// <param name="Idle">Longest silence between whole PDUs in an established association; also the longest a send may stall.</param>
internal sealed record AssociationLimits(uint MaximumPduLength, TimeSpan Artim, TimeSpan Idle)
{
    private const uint LongestAssociatePdu = 1 << 17;

    /// <summary>The longest PDU we buffer. 128 contexts with many transfer syntaxes fit into 128 KiB.</summary>
    internal uint BufferLimit => Math.Max(MaximumPduLength, LongestAssociatePdu);
}
