using BrainTumorDicom.Dicom.StorageCommitment;
using Dapper;

namespace BrainTumorDicom.Service.Ledger;

/// <summary>Which report still has to reach which destination.</summary>
internal sealed class DeliveryLedger(LedgerDatabase database)
{
    /// <summary>One delivery, or <see langword="null"/>.</summary>
    public Task<DeliveryRow?> FindAsync(long id) => database.ReadAsync(connection =>
        connection.QuerySingleOrDefaultAsync<DeliveryRow>("SELECT * FROM deliveries WHERE id = @id", new { id }));

    /// <summary>The deliveries of a revision.</summary>
    public Task<IReadOnlyList<DeliveryRow>> ListAsync(string studyInstanceUid, int revision) =>
        database.ReadAsync<IReadOnlyList<DeliveryRow>>(async connection =>
            (await connection.QueryAsync<DeliveryRow>(
                "SELECT * FROM deliveries WHERE study_instance_uid = @studyInstanceUid AND revision = @revision ORDER BY id",
                new { studyInstanceUid, revision }).ConfigureAwait(false)).AsList());

    /// <summary>Every pending delivery, the one due first before the others.</summary>
    public Task<IReadOnlyList<DeliveryRow>> PendingAsync() => database.ReadAsync<IReadOnlyList<DeliveryRow>>(async connection =>
        (await connection.QueryAsync<DeliveryRow>(
            "SELECT * FROM deliveries WHERE state = @state ORDER BY next_attempt, id", new { state = DeliveryState.Pending }).ConfigureAwait(false)).AsList());

    /// <summary>The pending deliveries of one study to one destination.</summary>
    public Task<IReadOnlyList<DeliveryRow>> PendingAsync(string studyInstanceUid, string destination) => database.ReadAsync<IReadOnlyList<DeliveryRow>>(async connection =>
        (await connection.QueryAsync<DeliveryRow>(
            "SELECT * FROM deliveries WHERE study_instance_uid = @studyInstanceUid AND destination = @destination AND state = @Pending ORDER BY revision, id",
            new { studyInstanceUid, destination, DeliveryState.Pending }).ConfigureAwait(false)).AsList());

    /// <summary>The destination has it.</summary>
    /// <param name="id">Which delivery.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="toCommit">What it is to be asked to take responsibility for, or <see langword="null"/>.</param>
    public Task MarkDeliveredAsync(long id, DateTimeOffset now, CancellationToken cancellationToken, SopReference? toCommit = null) =>
        database.WriteAsync(
            (connection, transaction) => connection.ExecuteAsync(
                """
                UPDATE deliveries SET state = @Delivered, attempts = attempts + 1, next_attempt = @now, last_error = '', changed = @now,
                    commitment = @commitment, sop_class_uid = @sopClass, sop_instance_uid = @sopInstance
                WHERE id = @id
                """,
                new
                {
                    id,
                    DeliveryState.Delivered,
                    now,
                    commitment = toCommit is null ? CommitmentState.None : CommitmentState.Wanted,
                    sopClass = toCommit?.SopClassUid ?? "",
                    sopInstance = toCommit?.SopInstanceUid ?? "",
                },
                transaction),
            cancellationToken);

    /// <summary>The attempt failed; it is tried again at <paramref name="nextAttempt"/>.</summary>
    public Task MarkRetryAsync(long id, string error, DateTimeOffset nextAttempt, DateTimeOffset now, CancellationToken cancellationToken) =>
        UpdateAsync(id, DeliveryState.Pending, nextAttempt, error, now, cancellationToken);

    /// <summary>The destination will not take it: given up.</summary>
    public Task MarkFailedAsync(long id, string error, DateTimeOffset now, CancellationToken cancellationToken) =>
        UpdateAsync(id, DeliveryState.Failed, nextAttempt: now, error, now, cancellationToken);

    private Task<int> UpdateAsync(
        long id, DeliveryState state, DateTimeOffset nextAttempt, string error, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            (connection, transaction) => connection.ExecuteAsync(
                """
                UPDATE deliveries SET state = @state, attempts = attempts + 1, next_attempt = @nextAttempt, last_error = @error, changed = @now
                WHERE id = @id
                """,
                new { id, state, nextAttempt, error, now },
                transaction),
            cancellationToken);
}
