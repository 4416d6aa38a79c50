using System.ComponentModel.DataAnnotations;
using BrainTumorDicom.Dicom.Dimse;

namespace BrainTumorDicom.Service.Hosting;

/// <summary>What is done with one SOP class. Section <c>Dicom:SopClasses</c>.</summary>
internal sealed class SopClassOptions : IValidatableObject
{
    /// <summary>UID or keyword of PS3.6, such as <c>MRImageStorage</c>; <c>*</c> is every Storage SOP class that has no entry of its own.</summary>
    [Required]
    public string SopClass { get; set; } = "";

    /// <summary>Whether it is taken. Default true.</summary>
    public bool Accept { get; set; } = true;

    /// <summary>UIDs or keywords of the transfer syntaxes taken for it. Default empty: those that the service takes anyway.</summary>
    public IList<string> TransferSyntaxes { get; } = [];

    /// <summary>As the server takes it.</summary>
    public SopClassPolicy ToPolicy() => new(
        SopClass == SopClassPolicy.AnyOther ? SopClass : UidText.Find(SopClass) ?? "",
        Accept,
        [.. TransferSyntaxes.Select(syntax => UidText.Find(syntax) ?? "")]);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        TransferSyntaxes.Append(SopClass)
            .Where(text => text != SopClassPolicy.AnyOther && UidText.Find(text) is null)
            .Select(text => new ValidationResult($"SopClasses: '{text}' is neither a UID nor a keyword of PS3.6 such as MRImageStorage."));
}
