namespace BrainTumorDicom.Reports.Codes;

/// <summary>A coded concept (PS3.3 §8): the three attributes that every code carries.</summary>
/// <param name="Value">Code Value (0008,0100), at most 16 characters (SH).</param>
/// <param name="Scheme">Coding Scheme Designator (0008,0102), such as DCM, SCT, LN, UCUM or <see cref="PrivateScheme.Designator"/>.</param>
/// <param name="Meaning">Code Meaning (0008,0104), at most 64 characters (LO).</param>
public readonly record struct Code(string Value, string Scheme, string Meaning);
