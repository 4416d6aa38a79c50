using System.Buffers;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.UpperLayer;
using BrainTumorDicom.Fuzz.Mutation;

namespace BrainTumorDicom.Fuzz.Targets;

/// <summary>P-DATA-TF PDUs to DIMSE messages (PS3.7 §8). Memory stays within the budget and all of it comes back.</summary>
internal static class DimseTarget
{
    private const long Budget = 1 << 20;
    private const long DataSetLimit = 1 << 16;

    internal static FuzzTarget Create() => new("dimse", Seeds, Run)
    {
        Allowed = [typeof(DicomProtocolException)],
        Grammar = [new PduMutator(), new ElementMutator(PduFramer.HeaderLength + DataPdu.PdvHeaderLength, isExplicit: false, isBigEndian: false)],
        FreeBytes = 8 << 20,
        BytesPerByte = 256,
    };

    /// <summary>Streams of whole messages.</summary>
    internal static IEnumerable<byte[]> Seeds()
    {
        var echo = Data(1, 3, Command(CommandField.EchoRequest, DicomUid.Verification.Value, null, CommandSet.NoDataSet));
        var command = Command(CommandField.StoreRequest, DicomUid.MRImageStorage.Value, "1.2.3.4", 0);
        var data = new byte[700];
        byte[] store = [.. Data(3, 1, command.AsSpan(0, 20)), .. Data(3, 3, command.AsSpan(20)), .. Data(3, 0, data), .. Data(3, 2, data)];
        byte[] response = Data(3, 3, new CommandSet
        {
            Field = CommandField.StoreRequest | CommandField.ResponseBit,
            SopClassUid = DicomUid.MRImageStorage.Value,
            SopInstanceUid = "1.2.3.4",
            MessageIdBeingRespondedTo = 1,
            DataSetType = CommandSet.NoDataSet,
            Status = 0xA700,
            ErrorComment = "no room",
        }.ToArray());
        return [echo, store, response, [.. echo, .. store, .. echo]];
    }

    private static byte[] Command(ushort field, string sopClass, string? instance, ushort dataSetType) =>
        new CommandSet { Field = field, MessageId = 1, SopClassUid = sopClass, SopInstanceUid = instance, DataSetType = dataSetType }.ToArray();

    private static byte[] Data(byte context, byte control, ReadOnlySpan<byte> fragment)
    {
        using var output = new PduBuffer();
        DataPdu.Write(output, context, control, fragment);
        return output.Written.ToArray();
    }

    private static int Run(byte[] input)
    {
        var (whole, error) = Read(new ReadOnlySequence<byte>(input));
        var (pieces, pieceError) = Read(Segmented.Of(input, 1 + (input.Length % 11)));
        PropertyBrokenException.Require(whole == pieces && error?.Message == pieceError?.Message, "the stream in pieces reads as the stream whole");
        return error is null ? whole : throw error;
    }

    private static (int Shape, DicomProtocolException? Error) Read(ReadOnlySequence<byte> stream)
    {
        var contexts = new string?[256];
        contexts[1] = DicomUid.Verification.Value;
        contexts[3] = DicomUid.MRImageStorage.Value;
        var budget = new MemoryBudget(Budget);
        var shape = default(HashCode);
        DicomProtocolException? error = null;
        using (var assembler = new MessageAssembler(contexts, budget, DataSetLimit))
        {
            try
            {
                while (PduFramer.TryReadPdu(ref stream, 1 << 17, out var pdu))
                {
                    var body = pdu.Body;
                    while (pdu.Type == PduType.Data && assembler.TryTake(ref body, out var message))
                    {
                        Add(ref shape, message);
                    }
                }
            }
            catch (DicomProtocolException thrown)
            {
                error = thrown;
            }
        }

        PropertyBrokenException.Require(budget.TryTake(Budget), "all memory is given back");
        return (shape.ToHashCode(), error);
    }

    private static void Add(ref HashCode shape, DimseMessage message)
    {
        PropertyBrokenException.Require(message.DataSet.Length <= DataSetLimit, "a data set is no longer than allowed");
        var command = message.Command;
        shape.Add(message.ContextId);
        shape.Add(command.Field);
        shape.Add(command.HasDataSet);
        shape.Add(message.DataSetOverflowed);
        shape.Add(message.DataSet.Length switch { 0 => 0, < 1000 => 1, _ => 2 });
        RequireAnswerable(command);
    }

    /// <summary>A response sends the peer's own UIDs back, whatever they are.</summary>
    private static void RequireAnswerable(CommandSet command)
    {
        var response = new CommandSet
        {
            SopClassUid = command.SopClassUid,
            SopInstanceUid = command.SopInstanceUid,
            Field = (ushort)(command.Field | CommandField.ResponseBit),
            MessageIdBeingRespondedTo = command.MessageId,
            DataSetType = CommandSet.NoDataSet,
            Status = 0,
        };
        var read = CommandSet.Read(response.ToArray(), "");
        PropertyBrokenException.Require(
            read.Field == response.Field && read.MessageIdBeingRespondedTo == response.MessageIdBeingRespondedTo && read.Status == 0
            && read.SopInstanceUid?.Length == response.SopInstanceUid?.Length && read.SopClassUid?.Length == response.SopClassUid?.Length,
            "a response is read as it was written");
    }
}
