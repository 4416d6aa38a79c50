using System.Net;
using BrainTumorDicom.Dicom.UpperLayer;

namespace BrainTumorDicom.Dicom.Dimse;

/// <summary>What one address uses of a server. Guarded by the lock of <see cref="ConnectionGate"/>.</summary>
internal sealed class PeerUse(IPAddress address, DicomServerOptions options, MemoryBudget whole, TimeProvider time)
{
    private double allowance = options.MaximumAssociationsPerMinute;
    private long refilled = time.GetTimestamp();

    internal IPAddress Address { get; } = address;

    /// <summary>Bytes of its data sets under way.</summary>
    internal MemoryBudget Budget { get; } = new(options.MaximumMemoryBytesPerPeer, whole);

    /// <summary>Its connections, associated or not.</summary>
    internal int Connections { get; set; }

    internal int Associations { get; set; }

    /// <summary>Its connections that have no association, oldest first.</summary>
    internal List<Connection> Pending { get; } = [];

    /// <summary>Whether nothing of it need be remembered: it has no connection, and its rate has recovered.</summary>
    internal bool IsForgotten
    {
        get
        {
            Refill();
            return Connections == 0 && allowance >= options.MaximumAssociationsPerMinute;
        }
    }

    /// <summary>Counts an association in, or says why not.</summary>
    internal AssociateReject? Enter()
    {
        if (Associations >= options.MaximumAssociationsPerPeer)
        {
            return AssociateReject.LocalLimitExceeded;
        }

        // A token bucket: a burst of a minute's worth is taken, and on average no more.
        Refill();
        if (allowance < 1)
        {
            return AssociateReject.TemporaryCongestion;
        }

        allowance--;
        Associations++;
        return null;
    }

    private void Refill()
    {
        var now = time.GetTimestamp();
        var gained = time.GetElapsedTime(refilled, now).TotalMinutes * options.MaximumAssociationsPerMinute;
        allowance = Math.Min(options.MaximumAssociationsPerMinute, allowance + gained);
        refilled = now;
    }
}
