namespace BrainTumorDicom.Dicom.Dimse;

/// <summary>A presentation context that the peer accepted.</summary>
/// <param name="Id">Odd, 1 to 255.</param>
/// <param name="AbstractSyntax">A SOP Class UID.</param>
/// <param name="TransferSyntax">The one the peer chose.</param>
public sealed record AcceptedContext(byte Id, string AbstractSyntax, string TransferSyntax);
