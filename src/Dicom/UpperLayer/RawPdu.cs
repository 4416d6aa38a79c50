using System.Buffers;

namespace BrainTumorDicom.Dicom.UpperLayer;

/// <summary>One whole PDU (PS3.8 §9.3.1), not yet read.</summary>
/// <param name="Type">One of the seven.</param>
/// <param name="Body">What follows the length field; borrowed from the pipe.</param>
internal readonly record struct RawPdu(PduType Type, ReadOnlySequence<byte> Body);
