using Dapper;
using Microsoft.Data.Sqlite;

namespace BrainTumorDicom.Service.Ledger;

/// <summary>Which journal segments nobody needs any more, and which are gone.</summary>
internal sealed class RetentionLedger(LedgerDatabase database)
{
    /// <summary>
    /// A segment is done with when its association has ended and each of its instances is of a study whose newest revision covers all of
    /// the study, has its finding, and has reached every destination, whose commitment has come where it was asked for; with no older one
    /// still on its way.
    /// </summary>
    private const string Eligible = """
        WITH done AS (
            SELECT r.study_instance_uid FROM revisions r
            JOIN findings f ON f.study_instance_uid = r.study_instance_uid AND f.revision = r.revision
            WHERE r.revision = (SELECT MAX(m.revision) FROM revisions m WHERE m.study_instance_uid = r.study_instance_uid)
                AND NOT EXISTS (SELECT 1 FROM instances n WHERE n.study_instance_uid = r.study_instance_uid AND n.id > r.through_instance AND n.own = 0)
                AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.study_instance_uid = r.study_instance_uid
                    AND ((d.revision = r.revision AND (d.state <> @Delivered OR d.commitment NOT IN (@None, @Committed)))
                        OR d.state = @Pending OR d.commitment IN (@Wanted, @Requested))))
        SELECT s.number FROM segments s
        WHERE s.outcome IS NOT NULL AND s.purged IS NULL AND (@segment IS NULL OR s.number = @segment)
            AND NOT EXISTS (SELECT 1 FROM instances i WHERE i.segment = s.number
                AND (i.received >= @receivedBefore OR (i.own = 0 AND i.study_instance_uid NOT IN (SELECT study_instance_uid FROM done))))
        ORDER BY s.number
        """;

    /// <summary>The segments that are done with and hold nothing newer, the oldest first.</summary>
    public Task<IReadOnlyList<long>> EligibleAsync(DateTimeOffset receivedBefore) =>
        database.ReadAsync<IReadOnlyList<long>>(async connection =>
            (await connection.QueryAsync<long>(Eligible, Parameters(null, receivedBefore)).ConfigureAwait(false)).AsList());

    /// <summary>
    /// Notes that a segment is about to be removed. On disk when this completes, so that a crash leaves at worst a file too many, which
    /// the next start removes.
    /// </summary>
    /// <returns>The SOP Instance UIDs in it; <see langword="null"/> when it is no longer done with, and nothing was noted.</returns>
    public async Task<IReadOnlyList<string>?> PurgeAsync(long segment, DateTimeOffset receivedBefore, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var purged = await database.WriteAsync(
            async (connection, transaction) =>
            {
                var eligible = await connection.QueryAsync<long>(Eligible, Parameters(segment, receivedBefore), transaction).ConfigureAwait(false);
                return eligible.Any() ? await MarkAsync(connection, transaction, segment, now).ConfigureAwait(false) : null;
            },
            cancellationToken).ConfigureAwait(false);
        if (purged is not null)
        {
            // synchronous=NORMAL leaves the last commits to the system; the checkpoint brings them to the disk.
            await database.ReadAsync(connection => connection.ExecuteAsync("PRAGMA wal_checkpoint(PASSIVE)")).ConfigureAwait(false);
        }

        return purged;
    }

    private static object Parameters(long? segment, DateTimeOffset receivedBefore) =>
        new
        {
            segment,
            receivedBefore,
            DeliveryState.Delivered,
            DeliveryState.Pending,
            CommitmentState.None,
            CommitmentState.Wanted,
            CommitmentState.Requested,
            CommitmentState.Committed,
        };

    private static async Task<IReadOnlyList<string>?> MarkAsync(SqliteConnection connection, SqliteTransaction transaction, long segment, DateTimeOffset now)
    {
        var uids = await connection.QueryAsync<string>(
            "SELECT sop_instance_uid FROM instances WHERE segment = @segment", new { segment }, transaction).ConfigureAwait(false);
        await connection.ExecuteAsync("UPDATE instances SET purged = @now WHERE segment = @segment", new { segment, now }, transaction).ConfigureAwait(false);
        await connection.ExecuteAsync("UPDATE segments SET purged = @now WHERE number = @segment", new { segment, now }, transaction).ConfigureAwait(false);
        return uids.AsList();
    }
}
