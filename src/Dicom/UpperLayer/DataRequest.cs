namespace BrainTumorDicom.Dicom.UpperLayer;

/// <summary>A P-DATA request: one DIMSE message (PS3.8 §7.6). The bytes stay the caller's until it is sent.</summary>
/// <param name="ContextId">Presentation context.</param>
/// <param name="Command">The command set.</param>
/// <param name="DataSet">The data set; empty where the message has none.</param>
internal sealed record DataRequest(byte ContextId, ReadOnlyMemory<byte> Command, ReadOnlyMemory<byte> DataSet);
