namespace BrainTumorDicom.Reports.Fhir;

/// <summary>How a site's FHIR server knows patients and orders.</summary>
public sealed class FhirOptions
{
    /// <summary>Identifier system of a Patient ID whose issuer the source does not state. Default: a system of this program, which no server knows, so a site has to set it.</summary>
    public string PatientIdentifierSystem { get; set; } = "urn:oid:2.25.155894018187563268459023414208812394273";

    /// <summary>Identifier system by Issuer of Patient ID (0010,0021), exactly as the source writes it. Default empty.</summary>
    public IDictionary<string, string> IssuerSystems { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Identifier system of accession numbers, or <see langword="null"/> (the default) to leave it out.</summary>
    public string? AccessionNumberSystem { get; set; }

    /// <summary>Whether resources carry the label AIAST and the type of device of HL7's guide AI Transparency on FHIR, which is in ballot. Default false: a server that checks codes against R4 refuses them. A DICOM code says the same in any case.</summary>
    public bool AiTransparencyLabels { get; set; }

    /// <summary>WADO-RS base address of the archive that holds the study, or <see langword="null"/> (the default) for no Endpoint.</summary>
    public string? WadoRsEndpoint { get; set; }
}
