using Dapper;

namespace BrainTumorDicom.Service.Ledger;

/// <summary>Findings with the reports written from them.</summary>
internal sealed class FindingLedger(LedgerDatabase database)
{
    /// <summary>
    /// Closes a revision: the finding, its reports and the deliveries to make of them, all or nothing. A second run of the same job
    /// changes nothing, so that the bytes which may already be on their way stay the ones on record.
    /// </summary>
    /// <returns><see langword="false"/> when the revision has its finding already.</returns>
    public Task<bool> SaveAsync(
        FindingRow finding, IReadOnlyCollection<ReportRow> reports, IReadOnlyCollection<DeliveryRow> deliveries, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (connection, transaction) =>
            {
                var inserted = await connection.ExecuteAsync(
                    "INSERT OR IGNORE INTO findings VALUES (@StudyInstanceUid, @Revision, @Disposition, @ReasonCode, @Class, @Json, @Created)",
                    finding,
                    transaction).ConfigureAwait(false);
                if (inserted == 0)
                {
                    return false;
                }

                await connection.ExecuteAsync(
                    "INSERT INTO reports VALUES (@StudyInstanceUid, @Revision, @Kind, @Uid, @Path, @Sha256)", reports, transaction).ConfigureAwait(false);
                await connection.ExecuteAsync(
                    """
                    INSERT INTO deliveries (study_instance_uid, revision, destination, kind, state, attempts, next_attempt, last_error, changed)
                    VALUES (@StudyInstanceUid, @Revision, @Destination, @Kind, @State, @Attempts, @NextAttempt, @LastError, @Changed)
                    """,
                    deliveries,
                    transaction).ConfigureAwait(false);
                return true;
            },
            cancellationToken);

    /// <summary>The finding of a revision, or <see langword="null"/> while there is none.</summary>
    public Task<FindingRow?> FindAsync(string studyInstanceUid, int revision) => database.ReadAsync(connection =>
        connection.QuerySingleOrDefaultAsync<FindingRow>(
            "SELECT * FROM findings WHERE study_instance_uid = @studyInstanceUid AND revision = @revision", new { studyInstanceUid, revision }));

    /// <summary>The newest finding before <paramref name="revision"/>, which its report follows on, or <see langword="null"/>.</summary>
    public Task<FindingRow?> FindPredecessorAsync(string studyInstanceUid, int revision) => database.ReadAsync(connection =>
        connection.QueryFirstOrDefaultAsync<FindingRow>(
            "SELECT * FROM findings WHERE study_instance_uid = @studyInstanceUid AND revision < @revision ORDER BY revision DESC LIMIT 1",
            new { studyInstanceUid, revision }));

    /// <summary>The reports of a revision.</summary>
    public Task<IReadOnlyList<ReportRow>> ReportsAsync(string studyInstanceUid, int revision) =>
        database.ReadAsync<IReadOnlyList<ReportRow>>(async connection =>
            (await connection.QueryAsync<ReportRow>(
                "SELECT * FROM reports WHERE study_instance_uid = @studyInstanceUid AND revision = @revision ORDER BY kind",
                new { studyInstanceUid, revision }).ConfigureAwait(false)).AsList());
}
