using System.Buffers.Binary;

namespace BrainTumorDicom.Dicom.UpperLayer;

/// <summary>Asynchronous Operations Window (PS3.7 §D.3.3.3). 0 means any number.</summary>
internal readonly record struct AsynchronousOperations(ushort Invoked, ushort Performed)
{
    internal static AsynchronousOperations Read(ReadOnlySpan<byte> value) =>
        new(BinaryPrimitives.ReadUInt16BigEndian(ItemReader.Take(ref value, 2)), BinaryPrimitives.ReadUInt16BigEndian(ItemReader.Take(ref value, 2)));

    internal void Write(PduBuffer output)
    {
        var start = output.BeginItem(ItemType.AsynchronousOperationsWindow);
        output.UInt16(Invoked);
        output.UInt16(Performed);
        output.EndItem(start);
    }
}
