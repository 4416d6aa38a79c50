namespace BrainTumorDicom.Fuzz;

/// <summary>An input was read, but a property that holds for all input did not hold.</summary>
internal sealed class PropertyBrokenException(string message) : Exception(message)
{
    /// <summary>Throws unless <paramref name="holds"/>.</summary>
    internal static void Require(bool holds, string property)
    {
        if (!holds)
        {
            throw new PropertyBrokenException(property);
        }
    }
}
