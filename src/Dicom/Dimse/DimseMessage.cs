using System.Buffers;

namespace BrainTumorDicom.Dicom.Dimse;

/// <summary>A whole DIMSE message.</summary>
/// <param name="ContextId">Presentation context.</param>
/// <param name="Command">The command set.</param>
/// <param name="DataSet">Borrowed until the next message is read; empty where there is none, or it was too large.</param>
/// <param name="DataSetOverflowed">Whether the data set passed a limit and was dropped.</param>
internal readonly record struct DimseMessage(byte ContextId, CommandSet Command, ReadOnlySequence<byte> DataSet, bool DataSetOverflowed);
