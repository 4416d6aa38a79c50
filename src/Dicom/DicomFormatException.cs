using System.Globalization;
using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Dicom;

/// <summary>Bytes break PS3.5 or PS3.10.</summary>
public sealed class DicomFormatException : DicomException
{
    /// <summary>An error at a place in the bytes.</summary>
    /// <param name="message">What is wrong, without the place.</param>
    /// <param name="offset">Bytes from the start of the file or data set; -1 where the place is not known.</param>
    /// <param name="tag">The element being read.</param>
    /// <param name="innerException">The cause.</param>
    public DicomFormatException(string message, long offset = -1, DicomTag? tag = null, Exception? innerException = null)
        : base(Describe(message, offset, tag), innerException)
    {
        Offset = offset;
        Tag = tag;
    }

    /// <summary>An error without a message.</summary>
    public DicomFormatException()
    {
    }

    /// <summary>An error without a place.</summary>
    public DicomFormatException(string message)
        : this(message, -1)
    {
    }

    /// <summary>An error with its cause.</summary>
    public DicomFormatException(string message, Exception? innerException)
        : this(message, -1, null, innerException)
    {
    }

    /// <summary>Bytes from the start of the file or data set; -1 where the place is not known.</summary>
    public long Offset { get; } = -1;

    /// <summary>The element being read.</summary>
    public DicomTag? Tag { get; }

    private static string Describe(string message, long offset, DicomTag? tag)
    {
        var place = offset >= 0 ? string.Create(CultureInfo.InvariantCulture, $"at byte {offset}: ") : "";
        return tag is { } known ? $"{place}{known} {known.Keyword}: {message}" : place + message;
    }
}
