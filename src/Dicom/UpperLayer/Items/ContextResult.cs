namespace BrainTumorDicom.Dicom.UpperLayer;

/// <summary>The answer to a proposed presentation context (PS3.8 §9.3.3.2).</summary>
internal enum ContextResult : byte
{
    Acceptance = 0,
    UserRejection = 1,
    NoReason = 2,
    AbstractSyntaxNotSupported = 3,
    TransferSyntaxesNotSupported = 4,
}
