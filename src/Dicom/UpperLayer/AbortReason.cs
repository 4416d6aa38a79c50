namespace BrainTumorDicom.Dicom.UpperLayer;

/// <summary>Why the upper layer aborts (PS3.8 §9.3.8).</summary>
public enum AbortReason : byte
{
    /// <summary>No reason given.</summary>
    NotSpecified = 0,

    /// <summary>A PDU type that PS3.8 does not have.</summary>
    UnrecognizedPdu = 1,

    /// <summary>A PDU that has no place in the present state.</summary>
    UnexpectedPdu = 2,

    /// <summary>A parameter that PS3.8 does not have.</summary>
    UnrecognizedPduParameter = 4,

    /// <summary>A parameter that has no place here.</summary>
    UnexpectedPduParameter = 5,

    /// <summary>A parameter with a value that cannot be.</summary>
    InvalidPduParameterValue = 6,
}
