using BrainTumorDicom.Service.Ledger;
using Dapper;

namespace BrainTumorDicom.Service.Tests.Ledger;

public sealed class LedgerTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 3, 2, 1, TimeSpan.Zero);

    private readonly string folder = Directory.CreateTempSubdirectory("btd-ledger-").FullName;
    private readonly LedgerDatabase database;

    public LedgerTests() => database = new LedgerDatabase(Path.Combine(folder, "ledger.db"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        database.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task What_was_inserted_reads_back_the_same()
    {
        var instances = new InstanceLedger(database);
        var row = Row(1) with { Modality = "MR" };

        await instances.AppendAsync([row], [new SegmentRow { Number = 7, Through = 1000 }], Cancel);

        var read = Assert.Single(await instances.ListAsync(row.StudyInstanceUid));
        Assert.Equal(row with { Id = read.Id, Modality = "" }, read);
        var study = await new StudyLedger(database).FindAsync(row.StudyInstanceUid);
        Assert.Equal((Now, Now, 1, 1, 0), (study!.FirstReceived, study.LastReceived, study.SeriesCount, study.InstanceCount, study.Revision));
        Assert.Equal(new SegmentRow { Number = 7, Through = 1000 }, Assert.Single(instances.Segments()));
    }

    [Fact]
    public async Task The_same_batch_twice_changes_nothing()
    {
        var instances = new InstanceLedger(database);
        InstanceRow[] rows = [Row(1), Row(2)];

        await instances.AppendAsync(rows, [], Cancel);
        await instances.AppendAsync(rows, [], Cancel);

        Assert.Equal(2, instances.Count());
    }

    [Fact]
    public async Task A_revision_opens_only_when_something_new_is_there()
    {
        var instances = new InstanceLedger(database);
        var revisions = new RevisionLedger(database);

        await instances.AppendAsync([Row(1), Row(2)], [], Cancel);
        var first = await revisions.OpenAsync("1.2", Now, Cancel);
        var none = await revisions.OpenAsync("1.2", Now, Cancel);
        await instances.AppendAsync([Row(3)], [], Cancel);
        var second = await revisions.OpenAsync("1.2", Now, Cancel);

        Assert.Equal((1, 2L, true), (first!.Revision, first.ThroughInstance, first.Complete));
        Assert.Null(none);
        Assert.Equal((2, 3L), (second!.Revision, second.ThroughInstance));
        Assert.Equal(2, (await instances.ListAsync("1.2", first.ThroughInstance)).Count);
        Assert.Equal(2, Assert.Single(await revisions.UnfinishedAsync()).Revision);
    }

    [Fact]
    public async Task A_broken_transfer_and_differing_content_make_a_revision_incomplete()
    {
        var instances = new InstanceLedger(database);
        await instances.AppendAsync([Row(1), Row(1) with { Variant = 1, Offset = 999 }], [], Cancel);
        await new StudyLedger(database).NoteInterruptionAsync("1.2", "The sender broke off.", Cancel);

        var revision = await new RevisionLedger(database).OpenAsync("1.2", Now, Cancel);

        Assert.False(revision!.Complete);
        Assert.Equal("The sender broke off. 1 SOP Instance UID came with differing content; the first was analysed.", revision.IncompleteReason);
    }

    [Fact]
    public async Task A_finding_closes_its_revision_once()
    {
        await new InstanceLedger(database).AppendAsync([Row(1)], [], Cancel);
        var revisions = new RevisionLedger(database);
        await revisions.OpenAsync("1.2", Now, Cancel);
        var findings = new FindingLedger(database);
        var finding = new FindingRow { StudyInstanceUid = "1.2", Revision = 1, Disposition = "abstained", ReasonCode = "X", Json = "{}", Created = Now };
        var report = new ReportRow { StudyInstanceUid = "1.2", Revision = 1, Kind = "sr", Uid = "2.25.1", Path = "reports/1.2/1/report.sr.dcm", Sha256 = "00" };
        var delivery = new DeliveryRow { StudyInstanceUid = "1.2", Revision = 1, Destination = "PACS", Kind = "sr", NextAttempt = Now, Changed = Now };

        Assert.True(await findings.SaveAsync(finding, [report], [delivery], Cancel));
        Assert.False(await findings.SaveAsync(finding with { Json = "{1}" }, [report], [delivery], Cancel));

        Assert.Equal(finding, await findings.FindAsync("1.2", 1));
        Assert.Equal(finding, await findings.FindPredecessorAsync("1.2", 2));
        Assert.Equal(report, Assert.Single(await findings.ReportsAsync("1.2", 1)));
        Assert.Empty(await revisions.UnfinishedAsync());
        Assert.Equal("abstained", Assert.Single(await new StudyLedger(database).ListAsync(10)).Disposition);
    }

    [Fact]
    public async Task A_delivery_is_pending_until_delivered_or_given_up()
    {
        await new InstanceLedger(database).AppendAsync([Row(1)], [], Cancel);
        await new RevisionLedger(database).OpenAsync("1.2", Now, Cancel);
        var finding = new FindingRow { StudyInstanceUid = "1.2", Revision = 1, Disposition = "refused", Json = "{}", Created = Now };
        var delivery = new DeliveryRow { StudyInstanceUid = "1.2", Revision = 1, Destination = "A", Kind = "sr", NextAttempt = Now, Changed = Now };
        await new FindingLedger(database).SaveAsync(finding, [], [delivery, delivery with { Destination = "B" }], Cancel);
        var deliveries = new DeliveryLedger(database);
        var pending = await deliveries.PendingAsync();

        await deliveries.MarkRetryAsync(pending[0].Id, "refused", Now.AddMinutes(1), Now, Cancel);
        await deliveries.MarkDeliveredAsync(pending[1].Id, Now, Cancel);

        var left = Assert.Single(await deliveries.PendingAsync());
        Assert.Equal(("A", 1, "refused", Now.AddMinutes(1)), (left.Destination, left.Attempts, left.LastError, left.NextAttempt));
        await deliveries.MarkFailedAsync(left.Id, "gone", Now, Cancel);
        Assert.Empty(await deliveries.PendingAsync());
        Assert.Equal(DeliveryState.Failed, (await deliveries.FindAsync(left.Id))!.State);
    }

    [Fact]
    public async Task A_ledger_from_before_storage_commitment_keeps_its_deliveries()
    {
        await new InstanceLedger(database).AppendAsync([Row(1)], [], Cancel);
        await new RevisionLedger(database).OpenAsync("1.2", Now, Cancel);
        var finding = new FindingRow { StudyInstanceUid = "1.2", Revision = 1, Disposition = "refused", Json = "{}", Created = Now };
        var delivery = new DeliveryRow { StudyInstanceUid = "1.2", Revision = 1, Destination = "A", Kind = "sr", NextAttempt = Now, Changed = Now };
        await new FindingLedger(database).SaveAsync(finding, [], [delivery], Cancel);
        using (var connection = database.Open())
        {
            // What this step and the later ones added, taken away again.
            connection.Execute(
                """
                DROP TABLE commitments;
                DROP TABLE releases;
                DROP TABLE verdicts;
                DROP TABLE shadow_findings;
                ALTER TABLE deliveries DROP COLUMN sop_class_uid;
                ALTER TABLE deliveries DROP COLUMN sop_instance_uid;
                ALTER TABLE deliveries DROP COLUMN commitment;
                ALTER TABLE deliveries DROP COLUMN commitment_requests;
                ALTER TABLE deliveries DROP COLUMN commitment_failures;
                ALTER TABLE instances DROP COLUMN own;
                ALTER TABLE instances DROP COLUMN purged;
                ALTER TABLE segments DROP COLUMN purged;
                PRAGMA user_version = 1;
                """);
        }

        using var migrated = new LedgerDatabase(Path.Combine(folder, "ledger.db"));

        var row = Assert.Single(await new DeliveryLedger(migrated).PendingAsync());
        Assert.Equal(("A", CommitmentState.None, ""), (row.Destination, row.Commitment, row.SopInstanceUid));
        Assert.Empty(await new CommitmentLedger(migrated).OpenAsync());
    }

    [Fact]
    public void A_ledger_of_a_newer_program_is_not_touched()
    {
        using (var connection = database.Open())
        {
            connection.Execute($"PRAGMA user_version = {LedgerSchema.Version + 1}");
        }

        var error = Assert.Throws<InvalidOperationException>(() => new LedgerDatabase(Path.Combine(folder, "ledger.db")));

        Assert.Contains("newer program", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writers_at_the_same_time_all_get_their_turn()
    {
        var instances = new InstanceLedger(database);

        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => instances.AppendAsync([Row(i)], [], Cancel))));

        Assert.Equal(16, instances.Count());
    }

    private static InstanceRow Row(int number) => new()
    {
        SopInstanceUid = $"1.2.3.{number}",
        Variant = 0,
        StudyInstanceUid = "1.2",
        SeriesInstanceUid = "1.2.3",
        SopClassUid = "1.2.840.10008.5.1.4.1.1.4",
        TransferSyntaxUid = "1.2.840.10008.1.2.1",
        CallingAe = "PACS",
        Received = Now,
        Segment = 7,
        Offset = number * 100,
        Length = 100,
        DataLength = 60,
        DataChecksum = 0xFFFFFFFF,
    };
}
