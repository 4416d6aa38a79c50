namespace BrainTumorDicom.Dicom.UpperLayer;

/// <summary>A presentation context of A-ASSOCIATE-AC (PS3.8 §9.3.3.2).</summary>
/// <param name="Id">As proposed.</param>
/// <param name="Result">Accepted, or why not.</param>
/// <param name="TransferSyntax">The one chosen; not significant where not accepted.</param>
internal sealed record AnsweredContext(byte Id, ContextResult Result, string TransferSyntax)
{
    internal static AnsweredContext Read(ReadOnlySpan<byte> value)
    {
        var head = ItemReader.Take(ref value, 4);
        var transferSyntax = "";
        var items = new ItemReader(value);
        while (items.TryNext(out var type, out var item))
        {
            if (type == ItemType.TransferSyntax)
            {
                transferSyntax = ItemReader.Text(item);
            }
        }

        return new AnsweredContext(head[0], (ContextResult)head[2], transferSyntax);
    }

    internal void Write(PduBuffer output)
    {
        var start = output.BeginItem(ItemType.PresentationContextAnswered);
        output.Byte(Id);
        output.Byte(0);
        output.Byte((byte)Result);
        output.Byte(0);
        output.TextItem(ItemType.TransferSyntax, TransferSyntax);
        output.EndItem(start);
    }
}
