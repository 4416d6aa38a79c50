using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.UpperLayer;

namespace BrainTumorDicom.Dicom.Dimse;

/// <summary>An N-EVENT-REPORT request as it came (PS3.7 §10.1.1).</summary>
/// <param name="Peer">Who reports.</param>
/// <param name="SopClassUid">Affected SOP Class UID.</param>
/// <param name="SopInstanceUid">Affected SOP Instance UID, as it came.</param>
/// <param name="EventTypeId">What happened, by the SOP class; <see langword="null"/> where the peer left it out.</param>
/// <param name="Information">Event Information; empty where there is none.</param>
public sealed record EventReport(AeTitle Peer, string SopClassUid, string? SopInstanceUid, ushort? EventTypeId, DicomDataset Information);
