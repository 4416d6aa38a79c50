namespace BrainTumorDicom.Dicom.Data;

/// <summary>A sequence of items (PS3.5 §7.5).</summary>
public sealed class DicomSequence : DicomElement
{
    /// <summary>Takes the items; the list is kept, not copied.</summary>
    public DicomSequence(DicomTag tag, IReadOnlyList<DicomDataset> items)
        : base(tag, DicomVr.SQ)
    {
        ArgumentNullException.ThrowIfNull(items);
        Items = items;
    }

    /// <summary>The items in order.</summary>
    public IReadOnlyList<DicomDataset> Items { get; }

    /// <inheritdoc/>
    public override bool ContentEquals(DicomElement? other)
    {
        if (other is not DicomSequence sequence || sequence.Tag != Tag || sequence.Items.Count != Items.Count)
        {
            return false;
        }

        for (var i = 0; i < Items.Count; i++)
        {
            if (!Items[i].ContentEquals(sequence.Items[i]))
            {
                return false;
            }
        }

        return true;
    }
}
