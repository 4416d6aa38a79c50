using System.ComponentModel.DataAnnotations;
using BrainTumorDicom.Dicom.Dimse;

namespace BrainTumorDicom.Service.Hosting;

/// <summary>One rule of who may call. Section <c>Dicom:AllowedCallers</c>.</summary>
internal sealed class AllowedCallerOptions : IValidatableObject
{
    /// <summary>The calling AE title. Default <c>*</c>: any.</summary>
    [Required]
    public string AeTitle { get; set; } = CallerRule.AnyTitle;

    /// <summary>Where it may call from: networks such as <c>10.0.0.0/8</c>, and single addresses. At least one; <c>0.0.0.0/0</c> and <c>::/0</c> are everywhere.</summary>
    public IList<string> Addresses { get; } = [];

    /// <summary>As the server takes it.</summary>
    public CallerRule ToRule() => new(
        CallerRule.TryParseTitle(AeTitle, out var title) ? title : throw new InvalidOperationException("Checked at start."),
        [.. Addresses.Select(address => CallerRule.TryParseNetwork(address, out var network) ? network : throw new InvalidOperationException("Checked at start."))]);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!CallerRule.TryParseTitle(AeTitle, out _))
        {
            yield return new ValidationResult($"AllowedCallers: AeTitle is '{AeTitle}', neither * nor 1 to 16 printable ASCII characters without backslash.");
        }

        if (Addresses.Count == 0)
        {
            yield return new ValidationResult($"AllowedCallers: the rule of {AeTitle} has no Addresses.");
        }

        foreach (var address in Addresses.Where(address => !CallerRule.TryParseNetwork(address, out _)))
        {
            yield return new ValidationResult($"AllowedCallers: '{address}' is neither an address such as 10.0.0.5 nor a network such as 10.0.0.0/8.");
        }
    }
}
