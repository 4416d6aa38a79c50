namespace BrainTumorDicom.Service.Deidentify;

/// <summary>What the Basic Application Level Confidentiality Profile asks for an attribute (PS3.15 Table E.1-1a), its choices made so that the image stays conformant whatever type the attribute has.</summary>
internal enum ConfidentialityAction
{
    /// <summary>X: taken out.</summary>
    Remove,

    /// <summary>Z, and X/Z: left without a value, which both type 2 and type 3 allow.</summary>
    Empty,

    /// <summary>D, and Z/D, X/D, X/Z/D: a dummy of the same VR, which every type allows. A sequence is taken out.</summary>
    Dummy,

    /// <summary>U, and X/Z/U*: another UID, the same for the same; of a sequence, in its items.</summary>
    ReplaceUid,
}
