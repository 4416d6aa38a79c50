using System.Net;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.UpperLayer;
using Microsoft.Extensions.Logging.Abstractions;

namespace BrainTumorDicom.Dicom.Tests.Dimse;

public sealed class ConnectionGateTests
{
    private static readonly CallerRule Everybody = new(null, [IPNetwork.Parse("0.0.0.0/0")]);

    private readonly ManualClock clock = new();
    private readonly List<string> closed = [];

    [Fact]
    public void One_connection_too_many_of_an_address_closes_its_oldest_that_has_no_association()
    {
        var gate = Gate(new DicomServerOptions { MaximumPendingConnectionsPerPeer = 2 });
        var associated = Enter(gate, "10.0.0.1", "associated");
        Assert.Null(associated.Associate());
        Enter(gate, "10.0.0.1", "first");
        Enter(gate, "10.0.0.1", "second");

        Enter(gate, "10.0.0.1", "third");

        Assert.Equal(["first"], closed);
    }

    [Fact]
    public void One_too_many_in_all_closes_the_oldest_of_the_address_that_has_most()
    {
        var gate = Gate(new DicomServerOptions { MaximumPendingConnections = 3 });
        Enter(gate, "10.0.0.1", "quiet");
        Enter(gate, "10.0.0.2", "flood 1");
        Enter(gate, "10.0.0.2", "flood 2");

        Enter(gate, "10.0.0.3", "another");

        Assert.Equal(["flood 1"], closed);
    }

    [Fact]
    public void A_connection_that_was_closed_for_others_gets_no_association()
    {
        var gate = Gate(new DicomServerOptions { MaximumPendingConnectionsPerPeer = 1 });
        var first = Enter(gate, "10.0.0.1", "first");
        Enter(gate, "10.0.0.1", "second");

        Assert.Equal(AssociateReject.LocalLimitExceeded, first.Associate());
    }

    [Fact]
    public void Associations_of_one_address_and_in_all_are_bounded_and_counted_out()
    {
        var gate = Gate(new DicomServerOptions { MaximumAssociations = 3, MaximumAssociationsPerPeer = 2 });
        var one = Enter(gate, "10.0.0.1");
        Assert.Null(one.Associate());
        Assert.Null(Enter(gate, "10.0.0.1").Associate());
        Assert.Equal(AssociateReject.LocalLimitExceeded, Enter(gate, "10.0.0.1").Associate());
        Assert.Null(Enter(gate, "10.0.0.2").Associate());
        Assert.Equal(AssociateReject.LocalLimitExceeded, Enter(gate, "10.0.0.3").Associate());

        one.EndAssociation();
        one.Dispose();

        Assert.Null(Enter(gate, "10.0.0.1").Associate());
    }

    [Fact]
    public void Associations_in_a_minute_are_bounded_and_the_rate_recovers()
    {
        var gate = Gate(new DicomServerOptions { MaximumAssociationsPerMinute = 2 });
        for (var i = 0; i < 2; i++)
        {
            Assert.Null(Associate(gate, "10.0.0.1"));
        }

        Assert.Equal(AssociateReject.TemporaryCongestion, Associate(gate, "10.0.0.1"));
        Assert.Null(Associate(gate, "10.0.0.2"));
        clock.Now += TimeSpan.FromSeconds(30);
        Assert.Null(Associate(gate, "10.0.0.1"));
        Assert.Equal(AssociateReject.TemporaryCongestion, Associate(gate, "10.0.0.1"));
    }

    [Fact]
    public void An_address_without_a_rule_is_not_let_in()
    {
        var gate = new ConnectionGate(new DicomServerOptions(), new MemoryBudget(1), NullLogger.Instance, clock);

        Assert.Null(gate.Enter(new IPEndPoint(IPAddress.Parse("10.0.0.1"), 1), () => { }));
    }

    [Fact]
    public void Bytes_of_one_address_are_bounded_and_count_for_all()
    {
        var whole = new MemoryBudget(10);
        var one = new MemoryBudget(6, whole);
        var other = new MemoryBudget(6, whole);

        Assert.True(one.TryTake(6));
        Assert.False(one.TryTake(1));
        Assert.False(other.TryTake(5));
        Assert.True(other.TryTake(4));
        one.GiveBack(6);
        Assert.True(other.TryTake(2));
    }

    private static AssociateReject? Associate(ConnectionGate gate, string address)
    {
        using var connection = Enter(gate, address, []);
        return connection.Associate();
    }

    private static Connection Enter(ConnectionGate gate, string address, List<string> closed, string name = "") =>
        gate.Enter(new IPEndPoint(IPAddress.Parse(address), 1), () => closed.Add(name))!;

    private Connection Enter(ConnectionGate gate, string address, string name = "") => Enter(gate, address, closed, name);

    private ConnectionGate Gate(DicomServerOptions options) =>
        new(options with { AllowedCallers = [Everybody] }, new MemoryBudget(1), NullLogger.Instance, clock);
}
