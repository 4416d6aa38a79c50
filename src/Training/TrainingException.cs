namespace BrainTumorDicom.Training;

/// <summary>A training cannot start or is worthless; the message is one line that names the thing and what to do.</summary>
public class TrainingException : Exception
{
    /// <summary>Without a message.</summary>
    public TrainingException()
    {
    }

    /// <summary>With a message.</summary>
    public TrainingException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and its cause.</summary>
    public TrainingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
