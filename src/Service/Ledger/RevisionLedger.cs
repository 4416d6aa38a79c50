using Dapper;
using Microsoft.Data.Sqlite;

namespace BrainTumorDicom.Service.Ledger;

/// <summary>The analyses of each study: opened by completeness, closed by a finding.</summary>
internal sealed class RevisionLedger(LedgerDatabase database)
{
    /// <summary>Opens the next revision of a study, when it has instances that no revision covers.</summary>
    /// <returns><see langword="null"/> when nothing new is there.</returns>
    public Task<RevisionRow?> OpenAsync(string studyInstanceUid, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (connection, transaction) =>
            {
                var latest = await LatestAsync(connection, transaction, studyInstanceUid).ConfigureAwait(false);
                var newest = await connection.ExecuteScalarAsync<long>(
                    "SELECT COALESCE(MAX(id), 0) FROM instances WHERE study_instance_uid = @studyInstanceUid AND own = 0",
                    new { studyInstanceUid },
                    transaction).ConfigureAwait(false);
                if (newest <= (latest?.ThroughInstance ?? 0))
                {
                    return null;
                }

                var reason = await IncompleteReasonAsync(connection, transaction, studyInstanceUid).ConfigureAwait(false);
                var opened = new RevisionRow
                {
                    StudyInstanceUid = studyInstanceUid,
                    Revision = (latest?.Revision ?? 0) + 1,
                    ThroughInstance = newest,
                    Complete = reason.Length == 0,
                    IncompleteReason = reason,
                    Created = now,
                };
                await connection.ExecuteAsync(
                    "INSERT INTO revisions VALUES (@StudyInstanceUid, @Revision, @ThroughInstance, @Complete, @IncompleteReason, @Created)",
                    opened,
                    transaction).ConfigureAwait(false);
                return opened;
            },
            cancellationToken);

    /// <summary>One revision, or <see langword="null"/>.</summary>
    public Task<RevisionRow?> FindAsync(string studyInstanceUid, int revision) => database.ReadAsync(connection =>
        connection.QuerySingleOrDefaultAsync<RevisionRow>(
            "SELECT * FROM revisions WHERE study_instance_uid = @studyInstanceUid AND revision = @revision", new { studyInstanceUid, revision }));

    /// <summary>The newest revision of each study that no finding closed: work that a stop left behind.</summary>
    public Task<IReadOnlyList<RevisionRow>> UnfinishedAsync() => database.ReadAsync<IReadOnlyList<RevisionRow>>(async connection =>
        (await connection.QueryAsync<RevisionRow>(
            """
            SELECT r.* FROM revisions r
            WHERE NOT EXISTS (SELECT 1 FROM findings f WHERE f.study_instance_uid = r.study_instance_uid AND f.revision = r.revision)
                AND r.revision = (SELECT MAX(m.revision) FROM revisions m WHERE m.study_instance_uid = r.study_instance_uid)
            ORDER BY r.created
            """).ConfigureAwait(false)).AsList());

    /// <summary>What no revision covers, by study and segment: studies that a stop left before they were handed on.</summary>
    public Task<IReadOnlyList<UncoveredTransfer>> UncoveredAsync() => database.ReadAsync<IReadOnlyList<UncoveredTransfer>>(async connection =>
        (await connection.QueryAsync<UncoveredTransfer>(
            """
            SELECT i.study_instance_uid, i.segment, MIN(i.received) AS first, MAX(i.received) AS last, MAX(s.outcome) AS outcome
            FROM instances i LEFT JOIN segments s ON s.number = i.segment
            WHERE i.own = 0 AND i.id > (SELECT COALESCE(MAX(r.through_instance), 0) FROM revisions r WHERE r.study_instance_uid = i.study_instance_uid)
            GROUP BY i.study_instance_uid, i.segment
            ORDER BY i.segment
            """).ConfigureAwait(false)).AsList());

    private static Task<RevisionRow?> LatestAsync(SqliteConnection connection, SqliteTransaction transaction, string studyInstanceUid) =>
        connection.QueryFirstOrDefaultAsync<RevisionRow>(
            "SELECT * FROM revisions WHERE study_instance_uid = @studyInstanceUid ORDER BY revision DESC LIMIT 1",
            new { studyInstanceUid },
            transaction);

    private static async Task<string> IncompleteReasonAsync(SqliteConnection connection, SqliteTransaction transaction, string studyInstanceUid)
    {
        var interruption = await connection.ExecuteScalarAsync<string>(
            "SELECT interruption FROM studies WHERE study_instance_uid = @studyInstanceUid", new { studyInstanceUid }, transaction).ConfigureAwait(false);
        var conflicts = await connection.ExecuteScalarAsync<int>(
            "SELECT COUNT(DISTINCT sop_instance_uid) FROM instances WHERE study_instance_uid = @studyInstanceUid AND variant > 0 AND own = 0",
            new { studyInstanceUid },
            transaction).ConfigureAwait(false);
        var conflict = conflicts switch
        {
            0 => "",
            1 => "1 SOP Instance UID came with differing content; the first was analysed.",
            _ => $"{conflicts} SOP Instance UIDs came with differing content; the first of each was analysed.",
        };
        var purged = await connection.ExecuteScalarAsync<int>(
            "SELECT COUNT(*) FROM instances WHERE study_instance_uid = @studyInstanceUid AND purged IS NOT NULL AND own = 0", new { studyInstanceUid }, transaction).ConfigureAwait(false);
        var removed = purged == 0 ? "" : $"{purged} instances were removed after an earlier report and not analysed again.";
        return string.Join(' ', new[] { interruption ?? "", conflict, removed }.Where(part => part.Length > 0));
    }
}
