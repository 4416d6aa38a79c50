using System.ComponentModel.DataAnnotations;

namespace BrainTumorDicom.Service.Deliver;

/// <summary>Reads a destination's setting <c>Objects</c>.</summary>
internal static class ObjectNames
{
    /// <summary>What is configured, or where nothing is, <paramref name="usual"/>.</summary>
    public static IReadOnlyList<string> Or(this IList<string> configured, IReadOnlyList<string> usual) => configured.Count > 0 ? [.. configured] : usual;

    /// <summary>Names that are none of <paramref name="known"/>.</summary>
    public static IEnumerable<ValidationResult> Check(IList<string> configured, IReadOnlyList<string> known) => configured
        .Where(name => !known.Contains(name))
        .Select(name => new ValidationResult($"Objects: '{name}' is none of {string.Join(", ", known)}."));
}
