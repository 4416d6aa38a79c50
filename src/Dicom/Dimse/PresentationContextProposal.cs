namespace BrainTumorDicom.Dicom.Dimse;

/// <summary>A presentation context to propose (PS3.8 §9.3.2.2).</summary>
/// <param name="AbstractSyntax">A SOP Class UID.</param>
/// <param name="TransferSyntaxes">UIDs in the order of preference; the peer chooses one.</param>
public sealed record PresentationContextProposal(string AbstractSyntax, IReadOnlyList<string> TransferSyntaxes);
