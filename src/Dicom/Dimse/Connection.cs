using System.Net;
using BrainTumorDicom.Dicom.UpperLayer;

namespace BrainTumorDicom.Dicom.Dimse;

/// <summary>A connection that <see cref="ConnectionGate"/> let in, from accept to close.</summary>
/// <param name="gate">Counts it.</param>
/// <param name="peer">Its address's share.</param>
/// <param name="remote">Where from.</param>
/// <param name="close">Closes it; called when others need its place.</param>
internal sealed class Connection(ConnectionGate gate, PeerUse peer, IPEndPoint remote, Action close) : IDisposable
{
    internal IPEndPoint Remote { get; } = remote;

    internal PeerUse Peer { get; } = peer;

    /// <summary>Whether it has an association. Guarded by the gate.</summary>
    internal bool IsAssociated { get; set; }

    /// <summary>Whether it was closed for others or has ended. Guarded by the gate.</summary>
    internal bool IsOver { get; set; }

    /// <summary>Counts its association in, or says why not.</summary>
    internal AssociateReject? Associate() => gate.Associate(this);

    /// <summary>Its association is over; the connection may still be open.</summary>
    internal void EndAssociation() => gate.EndAssociation(this);

    internal void Close() => close();

    public void Dispose() => gate.Leave(this);
}
