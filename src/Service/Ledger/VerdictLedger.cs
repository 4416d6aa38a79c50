using Dapper;

namespace BrainTumorDicom.Service.Ledger;

/// <summary>Readers' verdicts.</summary>
internal sealed class VerdictLedger(LedgerDatabase database)
{
    /// <summary>Adds a verdict, unless it is what the reader said last of this study.</summary>
    /// <returns>The verdict on record and whether it is new; <see langword="null"/> when the study is not known.</returns>
    public Task<(VerdictRow Verdict, bool IsNew)?> AddAsync(VerdictRow verdict, CancellationToken cancellationToken) =>
        database.WriteAsync<(VerdictRow, bool)?>(
            async (connection, transaction) =>
            {
                var known = await connection.ExecuteScalarAsync<bool>(
                    "SELECT EXISTS (SELECT 1 FROM studies WHERE study_instance_uid = @StudyInstanceUid)", verdict, transaction).ConfigureAwait(false);
                if (!known)
                {
                    return null;
                }

                var last = await connection.QueryFirstOrDefaultAsync<VerdictRow>(
                    "SELECT * FROM verdicts WHERE study_instance_uid = @StudyInstanceUid AND reader = @Reader ORDER BY id DESC LIMIT 1",
                    verdict,
                    transaction).ConfigureAwait(false);
                if (last is not null && last.Class == verdict.Class && last.Comment == verdict.Comment)
                {
                    return (last, false);
                }

                var id = await connection.ExecuteScalarAsync<long>(
                    """
                    INSERT INTO verdicts (study_instance_uid, reader, class, comment, given)
                    VALUES (@StudyInstanceUid, @Reader, @Class, @Comment, @Given) RETURNING id
                    """,
                    verdict,
                    transaction).ConfigureAwait(false);
                return (verdict with { Id = id }, true);
            },
            cancellationToken);

    /// <summary>Every verdict on a study, oldest first.</summary>
    public Task<IReadOnlyList<VerdictRow>> ListAsync(string studyInstanceUid) => database.ReadAsync<IReadOnlyList<VerdictRow>>(async connection =>
        (await connection.QueryAsync<VerdictRow>(
            "SELECT * FROM verdicts WHERE study_instance_uid = @studyInstanceUid ORDER BY id", new { studyInstanceUid }).ConfigureAwait(false)).AsList());

    /// <summary>What counts: the latest verdict of each reader on each study.</summary>
    public Task<IReadOnlyList<VerdictRow>> CountingAsync() => database.ReadAsync<IReadOnlyList<VerdictRow>>(async connection =>
        (await connection.QueryAsync<VerdictRow>(
            "SELECT * FROM verdicts WHERE id IN (SELECT MAX(id) FROM verdicts GROUP BY study_instance_uid, reader) ORDER BY id").ConfigureAwait(false)).AsList());

    /// <summary>What models said of the studies that have a verdict: of each model the newest finding of a study, its shadow findings included.</summary>
    public Task<IReadOnlyList<JudgedFinding>> JudgedAsync() => database.ReadAsync<IReadOnlyList<JudgedFinding>>(async connection =>
        (await connection.QueryAsync<JudgedFinding>(
            """
            WITH answers AS (
                SELECT study_instance_uid, revision, class, json_extract(json, '$.model.sha256') AS sha256,
                    json_extract(json, '$.model.name') AS name, json_extract(json, '$.model.version') AS version, 0 AS shadow
                FROM findings
                UNION ALL
                SELECT study_instance_uid, revision, class, model_sha256, json_extract(json, '$.model.name'), json_extract(json, '$.model.version'), 1
                FROM shadow_findings)
            SELECT study_instance_uid, class, sha256, name, version, shadow, MAX(revision) AS revision
            FROM answers
            WHERE sha256 IS NOT NULL AND study_instance_uid IN (SELECT study_instance_uid FROM verdicts)
            GROUP BY study_instance_uid, sha256, shadow
            ORDER BY study_instance_uid
            """).ConfigureAwait(false)).AsList());
}
