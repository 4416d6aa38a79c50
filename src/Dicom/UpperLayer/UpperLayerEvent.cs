namespace BrainTumorDicom.Dicom.UpperLayer;

/// <summary>The events of PS3.8 table 9-10.</summary>
internal enum UpperLayerEvent : byte
{
    /// <summary>A-ASSOCIATE request (local user).</summary>
    Evt1 = 1,

    /// <summary>Transport connection confirmed.</summary>
    Evt2,

    /// <summary>A-ASSOCIATE-AC received.</summary>
    Evt3,

    /// <summary>A-ASSOCIATE-RJ received.</summary>
    Evt4,

    /// <summary>Transport connection indication.</summary>
    Evt5,

    /// <summary>A-ASSOCIATE-RQ received.</summary>
    Evt6,

    /// <summary>A-ASSOCIATE response, accept (local user).</summary>
    Evt7,

    /// <summary>A-ASSOCIATE response, reject (local user).</summary>
    Evt8,

    /// <summary>P-DATA request (local user).</summary>
    Evt9,

    /// <summary>P-DATA-TF received.</summary>
    Evt10,

    /// <summary>A-RELEASE request (local user).</summary>
    Evt11,

    /// <summary>A-RELEASE-RQ received.</summary>
    Evt12,

    /// <summary>A-RELEASE-RP received.</summary>
    Evt13,

    /// <summary>A-RELEASE response (local user).</summary>
    Evt14,

    /// <summary>A-ABORT request (local user).</summary>
    Evt15,

    /// <summary>A-ABORT received.</summary>
    Evt16,

    /// <summary>Transport connection closed.</summary>
    Evt17,

    /// <summary>ARTIM timer expired.</summary>
    Evt18,

    /// <summary>Unrecognized or invalid PDU received.</summary>
    Evt19,
}
