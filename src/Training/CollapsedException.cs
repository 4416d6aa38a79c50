namespace BrainTumorDicom.Training;

/// <summary>A training ran to no model: it answers one class for everything, or its loss is no longer a number. Other settings may do better.</summary>
public sealed class CollapsedException : TrainingException
{
    /// <summary>Without a message.</summary>
    public CollapsedException()
    {
    }

    /// <summary>With a message.</summary>
    public CollapsedException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and its cause.</summary>
    public CollapsedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
