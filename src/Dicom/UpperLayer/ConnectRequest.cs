namespace BrainTumorDicom.Dicom.UpperLayer;

/// <summary>An A-ASSOCIATE request of the local user, with where to connect to.</summary>
internal sealed record ConnectRequest(string Host, int Port, TimeSpan ConnectTimeout, AssociateRequest Request);
