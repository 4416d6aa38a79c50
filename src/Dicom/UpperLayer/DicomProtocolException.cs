namespace BrainTumorDicom.Dicom.UpperLayer;

/// <summary>A peer broke PS3.7 or PS3.8, or aborted the association.</summary>
public sealed class DicomProtocolException : DicomException
{
    private readonly bool isTransient;

    /// <summary>An error with the reason that goes into the A-ABORT.</summary>
    /// <param name="reason">PS3.8 §9.3.8.</param>
    /// <param name="message">What the peer did.</param>
    /// <param name="isTransient">Whether the same attempt may succeed later.</param>
    public DicomProtocolException(AbortReason reason, string message, bool isTransient = false)
        : base(message)
    {
        Reason = reason;
        this.isTransient = isTransient;
    }

    /// <summary>An error without a message.</summary>
    public DicomProtocolException()
    {
    }

    /// <summary>An error without a reason.</summary>
    public DicomProtocolException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    public DicomProtocolException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>What the A-ABORT says.</summary>
    public AbortReason Reason { get; }

    /// <inheritdoc/>
    public override bool IsTransient => isTransient;
}
