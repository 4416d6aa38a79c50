using System.Collections.Immutable;

namespace BrainTumorDicom.Reports.Fhir;

/// <summary>What was drawn of a finding, for the FHIR bundle to carry.</summary>
/// <param name="Pdf">The report as one page of PDF; becomes a presentedForm. May be empty.</param>
/// <param name="Pictures">Attention maps over key slices, strongest first; each becomes a Media. May be empty.</param>
public sealed record FhirAttachments(ReadOnlyMemory<byte> Pdf, ImmutableArray<FhirPicture> Pictures)
{
    /// <summary>Nothing drawn.</summary>
    public static FhirAttachments None { get; } = new(ReadOnlyMemory<byte>.Empty, []);
}
