namespace BrainTumorDicom.Dicom;

/// <summary>What the DICOM library reports of bytes or peers that break the standard; <see cref="IsTransient"/> says whether trying again may help.</summary>
public class DicomException : Exception
{
    /// <summary>An error with a message that names the thing and the allowed range.</summary>
    public DicomException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    public DicomException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>An error without a message.</summary>
    public DicomException()
    {
    }

    /// <summary>Whether the same attempt may succeed later.</summary>
    public virtual bool IsTransient => false;
}
