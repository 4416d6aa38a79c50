using System.Globalization;

namespace BrainTumorDicom.Dicom.UpperLayer;

/// <summary>A presentation context of A-ASSOCIATE-RQ (PS3.8 §9.3.2.2).</summary>
/// <param name="Id">Odd, 1 to 255.</param>
/// <param name="AbstractSyntax">A SOP Class UID.</param>
/// <param name="TransferSyntaxes">UIDs in the order of preference.</param>
internal sealed record ProposedContext(byte Id, string AbstractSyntax, IReadOnlyList<string> TransferSyntaxes)
{
    internal static ProposedContext Read(ReadOnlySpan<byte> value)
    {
        var id = ItemReader.Take(ref value, 4)[0];
        if (id % 2 == 0)
        {
            throw new DicomProtocolException(AbortReason.InvalidPduParameterValue, string.Create(CultureInfo.InvariantCulture, $"presentation context ID {id} is not odd."));
        }

        var abstractSyntax = "";
        var transferSyntaxes = new List<string>();
        var items = new ItemReader(value);
        while (items.TryNext(out var type, out var item))
        {
            if (type == ItemType.AbstractSyntax)
            {
                abstractSyntax = ItemReader.Text(item);
            }
            else if (type == ItemType.TransferSyntax)
            {
                transferSyntaxes.Add(ItemReader.Text(item));
            }
        }

        return new ProposedContext(id, abstractSyntax, transferSyntaxes);
    }

    internal void Write(PduBuffer output)
    {
        var start = output.BeginItem(ItemType.PresentationContextProposed);
        output.Byte(Id);
        output.Zeros(3);
        output.TextItem(ItemType.AbstractSyntax, AbstractSyntax);
        foreach (var syntax in TransferSyntaxes)
        {
            output.TextItem(ItemType.TransferSyntax, syntax);
        }

        output.EndItem(start);
    }
}
