using System.Net;
using BrainTumorDicom.Dicom.UpperLayer;
using Microsoft.Extensions.Logging;

namespace BrainTumorDicom.Dicom.Dimse;

/// <summary>
/// Counts connections and associations, in all and of each address. Connections without an association are bounded by closing the
/// oldest one for a new one: a peer that means it asks at once, and any number of silent connections keeps nobody out.
/// </summary>
internal sealed class ConnectionGate(DicomServerOptions options, MemoryBudget budget, ILogger logger, TimeProvider time)
{
    private const int ForgetAbove = 1024;

    private readonly AllowedCallers callers = new(options.AllowedCallers);
    private readonly Dictionary<IPAddress, PeerUse> peers = [];
    private readonly Lock gate = new();
    private int associations;
    private int pending;

    /// <summary>Lets a connection in; <see langword="null"/> where no rule has its address.</summary>
    /// <param name="remote">Where it comes from.</param>
    /// <param name="close">Closes it.</param>
    internal Connection? Enter(IPEndPoint remote, Action close)
    {
        var address = CallerRule.Plain(remote.Address);
        if (!callers.MayConnect(address))
        {
            logger.AddressRefused(address);
            return null;
        }

        Connection? displaced;
        Connection entered;
        lock (gate)
        {
            var peer = Peer(address);
            displaced = peer.Pending.Count >= options.MaximumPendingConnectionsPerPeer ? TakeOldest(peer)
                : pending >= options.MaximumPendingConnections ? TakeOldest(peers.Values.MaxBy(one => one.Pending.Count)!)
                : null;
            entered = new Connection(this, peer, new IPEndPoint(address, remote.Port), close);
            peer.Connections++;
            AddPending(entered);
        }

        if (displaced is not null)
        {
            logger.Displaced(displaced.Remote);
            displaced.Close();
        }

        return entered;
    }

    /// <summary>Whether this title may call from there.</summary>
    internal bool MayCall(AeTitle caller, IPEndPoint remote) => callers.MayCall(caller, remote.Address);

    /// <summary>Counts an association in, or says why not.</summary>
    internal AssociateReject? Associate(Connection connection)
    {
        lock (gate)
        {
            if (connection.IsOver || associations >= options.MaximumAssociations)
            {
                return AssociateReject.LocalLimitExceeded;
            }

            var refusal = connection.Peer.Enter();
            if (refusal is null)
            {
                associations++;
                RemovePending(connection);
                connection.IsAssociated = true;
            }

            return refusal;
        }
    }

    /// <summary>Counts an association out. Its connection waits for the peer to close, and is again one that others may displace.</summary>
    internal void EndAssociation(Connection connection)
    {
        lock (gate)
        {
            if (Release(connection) && !connection.IsOver)
            {
                AddPending(connection);
            }
        }
    }

    /// <summary>Counts a connection out.</summary>
    internal void Leave(Connection connection)
    {
        lock (gate)
        {
            connection.IsOver = true;
            Release(connection);
            RemovePending(connection);
            var peer = connection.Peer;
            peer.Connections--;
            if (peer.IsForgotten)
            {
                peers.Remove(peer.Address);
            }
        }
    }

    private PeerUse Peer(IPAddress address)
    {
        if (peers.TryGetValue(address, out var known))
        {
            return known;
        }

        if (peers.Count >= ForgetAbove)
        {
            foreach (var forgotten in peers.Values.Where(peer => peer.IsForgotten).ToArray())
            {
                peers.Remove(forgotten.Address);
            }
        }

        return peers[address] = new PeerUse(address, options, budget, time);
    }

    private bool Release(Connection connection)
    {
        if (!connection.IsAssociated)
        {
            return false;
        }

        connection.IsAssociated = false;
        connection.Peer.Associations--;
        associations--;
        return true;
    }

    private void AddPending(Connection connection)
    {
        connection.Peer.Pending.Add(connection);
        pending++;
    }

    private void RemovePending(Connection connection)
    {
        if (connection.Peer.Pending.Remove(connection))
        {
            pending--;
        }
    }

    private Connection TakeOldest(PeerUse peer)
    {
        var oldest = peer.Pending[0];
        RemovePending(oldest);
        oldest.IsOver = true;
        return oldest;
    }
}
