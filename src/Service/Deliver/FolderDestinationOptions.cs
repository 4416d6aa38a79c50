using System.ComponentModel.DataAnnotations;

namespace BrainTumorDicom.Service.Deliver;

/// <summary>One folder that other software watches.</summary>
internal sealed class FolderDestinationOptions : IValidatableObject
{
    /// <summary>The folder. It must be there: a share that is not mounted is waited for, never made.</summary>
    [Required]
    public string Path { get; set; } = "";

    /// <summary>
    /// What it gets, of <c>sr</c>, <c>heatmap</c>, <c>pdf</c>, <c>ko</c>, <c>pm</c>, <c>fhir</c>, <c>hl7</c>, <c>finding</c>, <c>pdf-page</c> (the
    /// PDF itself) and <c>heatmap-png</c>. Default all.
    /// </summary>
    public IList<string> Objects { get; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => ObjectNames.Check(Objects, FolderDestination.AllKinds);
}
