namespace BrainTumorDicom.Dicom.Dimse;

/// <summary>What a server does with a proposed SOP class, in place of its general rules.</summary>
/// <param name="SopClassUid">The abstract syntax, or <see cref="AnyOther"/>.</param>
/// <param name="Accept">False: result 3, abstract syntax not supported (PS3.8 §9.3.3.2).</param>
/// <param name="TransferSyntaxes">Transfer syntax UIDs taken for it; empty: those of the server.</param>
public sealed record SopClassPolicy(string SopClassUid, bool Accept, IReadOnlyList<string> TransferSyntaxes)
{
    /// <summary>Stands for every Storage SOP class that no other policy names.</summary>
    public const string AnyOther = "*";
}
