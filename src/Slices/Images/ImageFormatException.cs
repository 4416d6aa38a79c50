namespace BrainTumorDicom.Slices.Images;

/// <summary>An image file is broken, cut short, larger than allowed, or of a kind that is not read. Its message says which.</summary>
public sealed class ImageFormatException : Exception
{
    /// <summary>Creates the exception.</summary>
    public ImageFormatException()
    {
    }

    /// <summary>Creates the exception with what is wrong.</summary>
    public ImageFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with what is wrong and what it came from.</summary>
    public ImageFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
