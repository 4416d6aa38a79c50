using System.Buffers;

namespace BrainTumorDicom.Dicom.UpperLayer;

/// <summary>An event with what it carries.</summary>
/// <param name="Event">Which of table 9-10.</param>
/// <param name="Primitive">The PDU read, or what the local user asks for; its type belongs to the event.</param>
/// <param name="Body">The PDVs of a P-DATA-TF, borrowed.</param>
internal readonly record struct Happening(UpperLayerEvent Event, object? Primitive = null, ReadOnlySequence<byte> Body = default);
