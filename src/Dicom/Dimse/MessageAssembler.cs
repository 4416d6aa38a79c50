using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using BrainTumorDicom.Dicom.UpperLayer;

namespace BrainTumorDicom.Dicom.Dimse;

/// <summary>Puts DIMSE messages together from PDVs (PS3.7 §8, PS3.8 §9.3.5.1 and Annex E).</summary>
/// <param name="contexts">Abstract syntax of each accepted presentation context, by ID; <see langword="null"/> where none.</param>
/// <param name="budget">Memory of all data sets under way.</param>
/// <param name="limit">The longest data set, in bytes.</param>
internal sealed class MessageAssembler(string?[] contexts, MemoryBudget budget, long limit) : IDisposable
{
    private const int CommandLimit = 1 << 14;
    private const int PdvHeaderLength = 6;

    private readonly byte[] command = new byte[CommandLimit];
    private readonly DataSetBuffer dataSet = new(budget, limit);
    private int commandLength;
    private byte contextId;
    private CommandSet? current;

    /// <summary>Takes PDVs off the front of <paramref name="body"/> until a message is whole.</summary>
    /// <returns><see langword="false"/> when all are taken and more are needed.</returns>
    /// <exception cref="DicomProtocolException">The PDVs break the order of a message, their lengths lie, or their context was not accepted.</exception>
    internal bool TryTake(ref ReadOnlySequence<byte> body, out DimseMessage message)
    {
        message = default;
        ForgetTaken();
        while (!body.IsEmpty)
        {
            var (id, control, fragment) = TakePdv(ref body);
            CheckContext(id);
            var isLast = (control & DataPdu.LastBit) != 0;
            if ((control & DataPdu.CommandBit) != 0)
            {
                AppendCommand(fragment);
                if (isLast && EndCommand() is { HasDataSet: false } whole)
                {
                    message = Whole(whole, ReadOnlySequence<byte>.Empty);
                    return true;
                }
            }
            else if (AppendDataSet(fragment, isLast) is { } content)
            {
                message = Whole(current!.Value, content);
                return true;
            }
        }

        return false;
    }

    public void Dispose() => dataSet.Dispose();

    private static (byte Id, byte Control, ReadOnlySequence<byte> Fragment) TakePdv(ref ReadOnlySequence<byte> body)
    {
        if (body.Length < PdvHeaderLength)
        {
            throw Invalid("a PDV is cut short.");
        }

        Span<byte> header = stackalloc byte[PdvHeaderLength];
        body.Slice(0, PdvHeaderLength).CopyTo(header);
        var length = BinaryPrimitives.ReadUInt32BigEndian(header);
        if (length < 2 || length - 2 > body.Length - PdvHeaderLength)
        {
            throw Invalid(string.Create(CultureInfo.InvariantCulture, $"PDV length {length} does not fit the {body.Length - 4} bytes of its PDU."));
        }

        var fragment = body.Slice(PdvHeaderLength, length - 2);
        body = body.Slice(fragment.End);
        return (header[4], header[5], fragment);
    }

    private void CheckContext(byte id)
    {
        if (contexts[id] is null)
        {
            throw Invalid(string.Create(CultureInfo.InvariantCulture, $"a PDV names presentation context {id}, which was not accepted."));
        }

        if ((commandLength > 0 || current is not null) && id != contextId)
        {
            throw Invalid("the fragments of a message name different presentation contexts.");
        }

        contextId = id;
    }

    private void AppendCommand(ReadOnlySequence<byte> fragment)
    {
        if (current is not null)
        {
            throw Unexpected("a command set comes where a data set must go on.");
        }

        if (commandLength + fragment.Length > CommandLimit)
        {
            throw Invalid(string.Create(CultureInfo.InvariantCulture, $"a command set exceeds {CommandLimit} bytes."));
        }

        fragment.CopyTo(command.AsSpan(commandLength));
        commandLength += (int)fragment.Length;
    }

    private CommandSet? EndCommand()
    {
        current = CommandSet.Read(command.AsSpan(0, commandLength), contexts[contextId]!);
        commandLength = 0;
        return current;
    }

    /// <summary>The whole data set after its last fragment, else <see langword="null"/>.</summary>
    private ReadOnlySequence<byte>? AppendDataSet(ReadOnlySequence<byte> fragment, bool isLast)
    {
        if (current is null)
        {
            throw Unexpected("a data set comes before its command set.");
        }

        // A data set in one piece is handed on where it lies.
        if (isLast && dataSet.Length == 0 && !dataSet.Overflowed && fragment.Length <= limit)
        {
            return fragment;
        }

        dataSet.Append(fragment);
        return !isLast ? null : dataSet.Overflowed ? ReadOnlySequence<byte>.Empty : dataSet.Content;
    }

    private DimseMessage Whole(CommandSet taken, ReadOnlySequence<byte> content)
    {
        current = null;
        return new DimseMessage(contextId, taken, content, dataSet.Overflowed);
    }

    private void ForgetTaken()
    {
        if (current is null)
        {
            dataSet.Clear();
        }
    }

    private static DicomProtocolException Invalid(string message) => new(AbortReason.InvalidPduParameterValue, message);

    private static DicomProtocolException Unexpected(string message) => new(AbortReason.UnexpectedPduParameter, message);
}
