namespace BrainTumorDicom.Dicom.UpperLayer;

/// <summary>The three ways an association ends.</summary>
public enum AssociationEndKind
{
    /// <summary>A-RELEASE: the sender was done.</summary>
    Released,

    /// <summary>A-ABORT from either side, a time-out, or a breach of the protocol.</summary>
    Aborted,

    /// <summary>The transport connection closed without a word.</summary>
    ConnectionLost,
}
