namespace BrainTumorDicom.Reports.Fhir;

/// <summary>One watermarked picture, without anything that identifies the patient.</summary>
/// <param name="Png">A PNG file, or a JPEG one.</param>
/// <param name="Title">What it shows, for people.</param>
/// <param name="SourceSopInstanceUid">The image that it was made of.</param>
public sealed record FhirPicture(ReadOnlyMemory<byte> Png, string Title, string SourceSopInstanceUid);
