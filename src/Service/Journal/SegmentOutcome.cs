namespace BrainTumorDicom.Service.Journal;

/// <summary>How the association of a segment ended.</summary>
internal enum SegmentOutcome : byte
{
    /// <summary>By A-RELEASE: the sender had nothing more to send.</summary>
    Released = 1,

    /// <summary>By A-ABORT from either side.</summary>
    Aborted = 2,

    /// <summary>The connection broke.</summary>
    Lost = 3,

    /// <summary>Not at all: the segment was full or unwritable, and the association goes on in another.</summary>
    Continued = 4,

    /// <summary>The service stopped under it. Never written: it is what the missing end means at the next start.</summary>
    ServiceStopped = 5,
}
