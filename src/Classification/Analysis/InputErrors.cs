using BrainTumorDicom.Dicom;

namespace BrainTumorDicom.Classification.Analysis;

/// <summary>What reading an instance that is damaged, hostile or gone may throw.</summary>
internal static class InputErrors
{
    /// <summary>Whether the instance is at fault, and the others can go on.</summary>
    public static bool IsOfInput(Exception error) => error
        is DicomException or IOException or UnauthorizedAccessException or InvalidDataException or FormatException
        or ArgumentException or OverflowException or NotSupportedException or IndexOutOfRangeException or InvalidOperationException;

    /// <summary>Its message as one short line.</summary>
    public static string Describe(Exception error)
    {
        var message = error.Message.ReplaceLineEndings(" ");
        return message.Length <= 200 ? message : message[..200];
    }
}
