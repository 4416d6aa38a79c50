using Dapper;
using Microsoft.Data.Sqlite;

namespace BrainTumorDicom.Service.Ledger;

/// <summary>Deliveries that were given up, of the object or of its storage commitment, and their release. The command line writes here too, beside a running service.</summary>
internal sealed class DeadLetterLedger(LedgerDatabase database)
{
    private const string GivenUp = "(d.state = @Failed OR (d.state = @Delivered AND d.commitment = @CommitmentFailed))";

    /// <summary>A revision that a destination has in a newer one must not follow after it.</summary>
    private const string Overtaken = """
        EXISTS (SELECT 1 FROM deliveries n WHERE n.study_instance_uid = d.study_instance_uid AND n.destination = d.destination
            AND n.revision > d.revision AND n.state = @Delivered
            AND substr(n.kind, 1, instr(n.kind || '-', '-') - 1) = substr(d.kind, 1, instr(d.kind || '-', '-') - 1))
        """;

    /// <summary>The deliveries in a state, or all of them, the last changed first; <see cref="DeliveryState.Failed"/> is what was given up, commitments too.</summary>
    public Task<IReadOnlyList<DeliveryRow>> ListAsync(DeliveryState? state, string? destination, int limit) => database.ReadAsync<IReadOnlyList<DeliveryRow>>(async connection =>
        (await connection.QueryAsync<DeliveryRow>(
            $"""
            SELECT d.* FROM deliveries d
            WHERE (@state IS NULL OR d.state = @state OR (@state = @Failed AND {GivenUp})) AND (@destination IS NULL OR d.destination = @destination)
            ORDER BY d.changed DESC, d.id DESC LIMIT @limit
            """,
            Parameters(new { state = (int?)state, destination, limit })).ConfigureAwait(false)).AsList());

    /// <summary>
    /// Releases what was given up: one, those of a destination, or all. They start anew, their attempts counted on. Left alone is a revision
    /// that the destination has in a newer one.
    /// </summary>
    /// <returns>What was released, as it is now.</returns>
    public Task<IReadOnlyList<DeliveryRow>> ReleaseAsync(long? id, string? destination, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (connection, transaction) =>
            {
                var ids = (await connection.QueryAsync<long>(
                    $"""
                    SELECT d.id FROM deliveries d
                    WHERE {GivenUp} AND (@id IS NULL OR d.id = @id) AND (@destination IS NULL OR d.destination = @destination)
                        AND NOT (d.state = @Failed AND {Overtaken})
                    """,
                    Parameters(new { id, destination }),
                    transaction).ConfigureAwait(false)).AsList();
                foreach (var one in ids)
                {
                    await ReleaseAsync(connection, transaction, one, now).ConfigureAwait(false);
                }

                return (IReadOnlyList<DeliveryRow>)(await connection.QueryAsync<DeliveryRow>(
                    "SELECT * FROM deliveries WHERE id IN @ids ORDER BY id", new { ids }, transaction).ConfigureAwait(false)).AsList();
            },
            cancellationToken);

    /// <summary>The last release of a delivery, or <see langword="null"/>.</summary>
    public Task<ReleaseRow?> FindReleaseAsync(long delivery) => database.ReadAsync(connection => connection.QuerySingleOrDefaultAsync<ReleaseRow>(
        "SELECT * FROM releases WHERE delivery = @delivery ORDER BY id DESC LIMIT 1", new { delivery }));

    /// <summary>Releases after one, in their order.</summary>
    public Task<IReadOnlyList<ReleaseRow>> ReleasesAfterAsync(long id) => database.ReadAsync<IReadOnlyList<ReleaseRow>>(async connection =>
        (await connection.QueryAsync<ReleaseRow>("SELECT * FROM releases WHERE id > @id ORDER BY id", new { id }).ConfigureAwait(false)).AsList());

    /// <summary>The number of the newest release, or 0.</summary>
    public Task<long> NewestReleaseAsync() => database.ReadAsync(connection => connection.ExecuteScalarAsync<long>("SELECT COALESCE(MAX(id), 0) FROM releases"));

    private static async Task ReleaseAsync(SqliteConnection connection, SqliteTransaction transaction, long id, DateTimeOffset now)
    {
        await connection.ExecuteAsync("INSERT INTO releases (delivery, attempts, released) SELECT id, attempts, @now FROM deliveries WHERE id = @id", new { id, now }, transaction).ConfigureAwait(false);
        await connection.ExecuteAsync(
            """
            UPDATE deliveries SET
                commitment = CASE WHEN state = @Delivered THEN @Wanted ELSE commitment END, commitment_failures = 0,
                state = CASE WHEN state = @Failed THEN @Pending ELSE state END, next_attempt = @now, changed = @now
            WHERE id = @id
            """,
            new { id, now, DeliveryState.Delivered, DeliveryState.Failed, DeliveryState.Pending, CommitmentState.Wanted },
            transaction).ConfigureAwait(false);
    }

    private static DynamicParameters Parameters(object values)
    {
        var parameters = new DynamicParameters(values);
        parameters.Add(nameof(DeliveryState.Failed), DeliveryState.Failed);
        parameters.Add(nameof(DeliveryState.Delivered), DeliveryState.Delivered);
        parameters.Add("CommitmentFailed", CommitmentState.Failed);
        return parameters;
    }
}
