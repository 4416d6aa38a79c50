namespace BrainTumorDicom.Service.Receive;

/// <summary>What is here of a study.</summary>
/// <param name="StudyInstanceUid">Study Instance UID.</param>
/// <param name="InstanceCount">Distinct SOP Instance UIDs received, without our own reports.</param>
/// <param name="CallingAes">Who sent them.</param>
/// <param name="OwnReports">SOP Instance UIDs of our reports, which an archive may have too.</param>
internal sealed record ReceivedStudy(
    string StudyInstanceUid, int InstanceCount, IReadOnlyList<string> CallingAes, IReadOnlySet<string> OwnReports);
