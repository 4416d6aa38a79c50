namespace BrainTumorDicom.Reports.Documents;

/// <summary>Characters of one font.</summary>
/// <param name="Font">Name of the font in the page's resources.</param>
/// <param name="Codes">Character codes in hexadecimal.</param>
/// <param name="Width">Width at size 1.</param>
internal readonly record struct PdfRun(string Font, string Codes, double Width);
