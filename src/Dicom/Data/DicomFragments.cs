namespace BrainTumorDicom.Dicom.Data;

/// <summary>Pixel data in fragments (PS3.5 §A.4): a basic offset table and one or more fragments.</summary>
public sealed class DicomFragments : DicomElement
{
    /// <summary>Takes the fragments; nothing is copied.</summary>
    /// <param name="tag">Mostly Pixel Data (7FE0,0010).</param>
    /// <param name="vr">OB, or OW where the writer said so.</param>
    /// <param name="offsetTable">The basic offset table as it stands: 32-bit little endian offsets, or empty.</param>
    /// <param name="fragments">The fragments in order.</param>
    public DicomFragments(DicomTag tag, DicomVr vr, ReadOnlyMemory<byte> offsetTable, IReadOnlyList<ReadOnlyMemory<byte>> fragments)
        : base(tag, vr)
    {
        ArgumentNullException.ThrowIfNull(fragments);
        OffsetTable = offsetTable;
        Fragments = fragments;
    }

    /// <summary>The basic offset table: 32-bit little endian offsets of the first fragment of each frame, or empty.</summary>
    public ReadOnlyMemory<byte> OffsetTable { get; }

    /// <summary>The fragments in order.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Fragments { get; }

    /// <inheritdoc/>
    public override bool ContentEquals(DicomElement? other)
    {
        if (other is not DicomFragments fragments || fragments.Tag != Tag || fragments.Vr != Vr
            || fragments.Fragments.Count != Fragments.Count || !fragments.OffsetTable.Span.SequenceEqual(OffsetTable.Span))
        {
            return false;
        }

        for (var i = 0; i < Fragments.Count; i++)
        {
            if (!Fragments[i].Span.SequenceEqual(fragments.Fragments[i].Span))
            {
                return false;
            }
        }

        return true;
    }
}
