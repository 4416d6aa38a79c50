namespace BrainTumorDicom.Service.Deliver;

/// <summary>As what a FHIR server gets the pictures.</summary>
internal enum FhirPictures
{
    /// <summary>As its capability statement has it: Media, else DocumentReference, else not at all.</summary>
    Auto,

    /// <summary>Media, whatever the statement says.</summary>
    Media,

    /// <summary>DocumentReference.</summary>
    DocumentReference,

    /// <summary>Not at all.</summary>
    None,
}
