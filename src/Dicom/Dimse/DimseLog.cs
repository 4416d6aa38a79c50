using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using BrainTumorDicom.Dicom.UpperLayer;
using Microsoft.Extensions.Logging;

namespace BrainTumorDicom.Dicom.Dimse;

internal static partial class DimseLog
{
    [LoggerMessage(EventId = 1100, Level = LogLevel.Information, Message = "Listening as {AeTitle} on {EndPoint}")]
    internal static partial void Listening(this ILogger logger, AeTitle aeTitle, IPEndPoint endPoint);

    [LoggerMessage(EventId = 1101, Level = LogLevel.Information, Message = "Association {AssociationId}: accepted {CallingAe} from {Remote} with {AcceptedCount} of {ProposedCount} contexts")]
    internal static partial void Accepted(this ILogger logger, int associationId, AeTitle callingAe, IPEndPoint remote, int acceptedCount, int proposedCount);

    [LoggerMessage(EventId = 1102, Level = LogLevel.Warning, Message = "Association {AssociationId}: rejected {CallingAe} calling {CalledAe} from {Remote}: {Reason}")]
    internal static partial void Rejected(this ILogger logger, int associationId, AeTitle callingAe, AeTitle calledAe, IPEndPoint remote, string reason);

    [LoggerMessage(EventId = 1103, Level = LogLevel.Information, Message = "Association {AssociationId}: context refused ({Result}): {AbstractSyntax} in {TransferSyntaxes}")]
    internal static partial void ContextRefused(this ILogger logger, int associationId, ContextResult result, string abstractSyntax, string transferSyntaxes);

    [LoggerMessage(EventId = 1104, Level = LogLevel.Warning, Message = "Association {AssociationId}: instance {SopInstanceUid} refused with {Status}: {Reason}")]
    internal static partial void StoreRefused(this ILogger logger, int associationId, string sopInstanceUid, DimseStatus status, string reason);

    [LoggerMessage(EventId = 1105, Level = LogLevel.Warning, Message = "Association {AssociationId}: operation {CommandField:X4}H refused, unrecognized")]
    internal static partial void OperationRefused(this ILogger logger, int associationId, ushort commandField);

    [LoggerMessage(EventId = 1106, Level = LogLevel.Error, Message = "Association {AssociationId}: the handler failed at {What}")]
    internal static partial void HandlerFailed(this ILogger logger, Exception exception, int associationId, string what);

    [LoggerMessage(EventId = 1107, Level = LogLevel.Warning, Message = "A connection could not be taken: {Reason}")]
    internal static partial void AcceptFailed(this ILogger logger, string reason);

    [LoggerMessage(EventId = 1108, Level = LogLevel.Warning, Message = "Connection from {Remote} closed without an association: others needed its place")]
    internal static partial void Displaced(this ILogger logger, IPEndPoint remote);

    [LoggerMessage(EventId = 1109, Level = LogLevel.Warning, Message = "Connection from {Address} closed: no rule allows this address to call (Dicom:AllowedCallers, or serve --allow)")]
    internal static partial void AddressRefused(this ILogger logger, IPAddress address);

    [LoggerMessage(EventId = 1110, Level = LogLevel.Information, Message = "Association {AssociationId}: user identity of type {Type} left unanswered, not supported")]
    internal static partial void UserIdentityUnanswered(this ILogger logger, int associationId, byte type);

    [LoggerMessage(EventId = 1111, Level = LogLevel.Information, Message = "Association {AssociationId}: {Protocol} with {CipherSuite}, client certificate {Subject}")]
    internal static partial void Secured(this ILogger logger, int associationId, SslProtocols protocol, TlsCipherSuite cipherSuite, string subject);

    [LoggerMessage(EventId = 1112, Level = LogLevel.Warning, Message = "Connection from {Remote} closed: no TLS: {Reason}")]
    internal static partial void HandshakeFailed(this ILogger logger, IPEndPoint remote, string reason);

    [LoggerMessage(EventId = 1113, Level = LogLevel.Information, Message = "Listening as {AeTitle} on {EndPoint} with TLS")]
    internal static partial void ListeningWithTls(this ILogger logger, AeTitle aeTitle, IPEndPoint endPoint);

    [LoggerMessage(EventId = 1114, Level = LogLevel.Information, Message = "TLS certificate read: {Subject}, valid to {Expires:yyyy-MM-dd}")]
    internal static partial void CertificateRead(this ILogger logger, string subject, DateTime expires);

    [LoggerMessage(EventId = 1115, Level = LogLevel.Error, Message = "The TLS files changed but cannot be used, the old ones stay: {Reason}")]
    internal static partial void CertificateUnusable(this ILogger logger, string reason);
}
