using System.Net;
using BrainTumorDicom.Dicom.UpperLayer;

namespace BrainTumorDicom.Dicom.Dimse;

/// <summary>An association that was accepted.</summary>
/// <param name="AssociationId">Its number in this process.</param>
/// <param name="CallingAe">Who calls.</param>
/// <param name="CalledAe">Whom it called.</param>
/// <param name="RemoteAddress">Where from.</param>
/// <param name="ImplementationVersionName">How the peer names itself, if it does.</param>
public sealed record AssociationInfo(int AssociationId, AeTitle CallingAe, AeTitle CalledAe, IPEndPoint RemoteAddress, string? ImplementationVersionName);
