namespace BrainTumorDicom.Reports.Hl7;

/// <summary>How a site's HL7 v2 systems know patients and orders. Section <c>Hl7</c>.</summary>
public sealed class Hl7Options
{
    /// <summary>Assigning authority (PID-3.4) of a Patient ID whose issuer the source does not state: <c>NAMESPACE</c>, or <c>NAMESPACE&amp;UNIVERSAL-ID&amp;TYPE</c>. Default empty.</summary>
    public string AssigningAuthority { get; set; } = "";

    /// <summary>Assigning authority by Issuer of Patient ID (0010,0021), exactly as the source writes it. Default empty: the issuer is the namespace.</summary>
    public IDictionary<string, string> AssigningAuthorities { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The field of OBR that carries the accession number. Default <c>PlacerField1</c> (OBR-18).</summary>
    public AccessionNumberField AccessionNumberField { get; set; } = AccessionNumberField.PlacerField1;

    /// <summary>Whether the report's PDF goes in an OBX of type ED. Default no: not every receiver takes long fields.</summary>
    public bool IncludePdf { get; set; }
}
