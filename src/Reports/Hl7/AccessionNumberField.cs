namespace BrainTumorDicom.Reports.Hl7;

/// <summary>The fields of OBR in which sites carry the accession number, by their number (HL7 v2.5.1 §7.4.1).</summary>
public enum AccessionNumberField
{
    /// <summary>Placer Order Number.</summary>
    PlacerOrderNumber = 2,

    /// <summary>Filler Order Number.</summary>
    FillerOrderNumber = 3,

    /// <summary>Placer Field 1.</summary>
    PlacerField1 = 18,

    /// <summary>Placer Field 2.</summary>
    PlacerField2 = 19,

    /// <summary>Filler Field 1.</summary>
    FillerField1 = 20,

    /// <summary>Filler Field 2.</summary>
    FillerField2 = 21,
}
