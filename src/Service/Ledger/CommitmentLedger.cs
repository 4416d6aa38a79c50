using Dapper;

namespace BrainTumorDicom.Service.Ledger;

/// <summary>What destinations were asked to commit to, and what they answered. Every transaction is kept, for an answer may come after the next question.</summary>
internal sealed class CommitmentLedger(LedgerDatabase database)
{
    /// <summary>Delivered reports whose commitment is open, the one due first before the others.</summary>
    public Task<IReadOnlyList<DeliveryRow>> OpenAsync() => database.ReadAsync<IReadOnlyList<DeliveryRow>>(async connection =>
        (await connection.QueryAsync<DeliveryRow>(
            "SELECT * FROM deliveries WHERE state = @Delivered AND commitment IN (@Wanted, @Requested) ORDER BY next_attempt, id",
            new { DeliveryState.Delivered, CommitmentState.Wanted, CommitmentState.Requested }).ConfigureAwait(false)).AsList());

    /// <summary>The delivery that a transaction asked for, and whether nothing was asked since; or <see langword="null"/> where the transaction is none of ours.</summary>
    public Task<(DeliveryRow Delivery, bool IsLatest)?> FindAsync(string transactionUid) => database.ReadAsync<(DeliveryRow, bool)?>(async connection =>
    {
        var row = await connection.QuerySingleOrDefaultAsync<DeliveryRow>(
            "SELECT d.* FROM deliveries d JOIN commitments c ON c.delivery = d.id WHERE c.transaction_uid = @transactionUid",
            new { transactionUid }).ConfigureAwait(false);
        if (row is null)
        {
            return null;
        }

        var latest = await connection.ExecuteScalarAsync<string>(
            "SELECT transaction_uid FROM commitments WHERE delivery = @Id ORDER BY request DESC LIMIT 1", new { row.Id }).ConfigureAwait(false);
        return (row, latest == transactionUid);
    });

    /// <summary>The destination is about to be asked; it is asked again at <paramref name="nextAttempt"/> where no answer comes.</summary>
    public Task RequestAsync(long id, string transactionUid, DateTimeOffset nextAttempt, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (connection, transaction) =>
            {
                await connection.ExecuteAsync(
                    "UPDATE deliveries SET commitment = @Requested, commitment_requests = commitment_requests + 1, next_attempt = @nextAttempt, changed = @now WHERE id = @id",
                    new { id, CommitmentState.Requested, nextAttempt, now },
                    transaction).ConfigureAwait(false);
                return await connection.ExecuteAsync(
                    "INSERT INTO commitments SELECT @transactionUid, id, commitment_requests, @now FROM deliveries WHERE id = @id",
                    new { id, transactionUid, now },
                    transaction).ConfigureAwait(false);
            },
            cancellationToken);

    /// <summary>The destination could not be asked. Nothing changes where the answer is there already.</summary>
    /// <returns>Whether it is to be asked again.</returns>
    public async Task<bool> PutOffAsync(long id, string error, DateTimeOffset nextAttempt, DateTimeOffset now, CancellationToken cancellationToken) =>
        await UpdateAsync(id, "commitment = @Wanted, next_attempt = @nextAttempt, last_error = @error", error, nextAttempt, now, cancellationToken).ConfigureAwait(false);

    /// <summary>The destination has taken responsibility.</summary>
    public Task<bool> MarkCommittedAsync(long id, DateTimeOffset now, CancellationToken cancellationToken) =>
        UpdateAsync(id, "commitment = @Committed, last_error = @error", "", now, now, cancellationToken);

    /// <summary>The destination has it not after all: it is to be sent again.</summary>
    public Task<bool> SendAgainAsync(long id, string error, DateTimeOffset nextAttempt, DateTimeOffset now, CancellationToken cancellationToken) =>
        UpdateAsync(
            id,
            "state = @Pending, commitment = @None, commitment_failures = commitment_failures + 1, next_attempt = @nextAttempt, last_error = @error",
            error,
            nextAttempt,
            now,
            cancellationToken);

    /// <summary>Given up.</summary>
    public Task<bool> MarkFailedAsync(long id, string error, DateTimeOffset now, CancellationToken cancellationToken) =>
        UpdateAsync(id, "commitment = @Failed, last_error = @error", error, now, now, cancellationToken);

    /// <summary>Changes an open commitment; a report that is being sent again, or has its answer, is left alone.</summary>
    private Task<bool> UpdateAsync(long id, string set, string error, DateTimeOffset nextAttempt, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (connection, transaction) => await connection.ExecuteAsync(
                $"UPDATE deliveries SET {set}, changed = @now WHERE id = @id AND state = @Delivered AND commitment IN (@Wanted, @Requested)",
                new
                {
                    id, error, nextAttempt, now, DeliveryState.Pending, DeliveryState.Delivered,
                    CommitmentState.None, CommitmentState.Wanted, CommitmentState.Requested, CommitmentState.Committed, CommitmentState.Failed,
                },
                transaction).ConfigureAwait(false) > 0,
            cancellationToken);
}
