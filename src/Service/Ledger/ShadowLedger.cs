using Dapper;

namespace BrainTumorDicom.Service.Ledger;

/// <summary>What a model in the shadow of the one in use says. Stored, never reported.</summary>
internal sealed class ShadowLedger(LedgerDatabase database)
{
    /// <summary>Adds a finding; a second one of the same model on the same revision changes nothing.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="sha256">SHA-256 of the model's weights.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task AddAsync(FindingRow finding, string sha256, CancellationToken cancellationToken) => database.WriteAsync(
        (connection, transaction) => connection.ExecuteAsync(
            """
            INSERT OR IGNORE INTO shadow_findings (study_instance_uid, revision, model_sha256, disposition, reason_code, class, json, created)
            VALUES (@StudyInstanceUid, @Revision, @sha256, @Disposition, @ReasonCode, @Class, @Json, @Created)
            """,
            new { finding.StudyInstanceUid, finding.Revision, sha256, finding.Disposition, finding.ReasonCode, finding.Class, finding.Json, finding.Created },
            transaction),
        cancellationToken);

    /// <summary>Whether the model has said something of a revision.</summary>
    public Task<bool> HasAsync(string studyInstanceUid, int revision, string sha256) => database.ReadAsync(connection =>
        connection.ExecuteScalarAsync<bool>(
            "SELECT EXISTS (SELECT 1 FROM shadow_findings WHERE study_instance_uid = @studyInstanceUid AND revision = @revision AND model_sha256 = @sha256)",
            new { studyInstanceUid, revision, sha256 }));

    /// <summary>Every shadow finding beside the finding that was reported, oldest first.</summary>
    public Task<IReadOnlyList<ShadowPair>> PairsAsync() => database.ReadAsync<IReadOnlyList<ShadowPair>>(async connection =>
        (await connection.QueryAsync<ShadowPair>(
            """
            SELECT s.study_instance_uid, s.revision,
                f.disposition AS champion_disposition, f.class AS champion_class, f.reason_code AS champion_reason,
                json_extract(f.json, '$.model.sha256') AS champion_sha256,
                json_extract(f.json, '$.model.name') || ' ' || json_extract(f.json, '$.model.version') AS champion_name,
                s.disposition AS shadow_disposition, s.class AS shadow_class, s.reason_code AS shadow_reason,
                s.model_sha256 AS shadow_sha256,
                json_extract(s.json, '$.model.name') || ' ' || json_extract(s.json, '$.model.version') AS shadow_name
            FROM shadow_findings s
            JOIN findings f ON f.study_instance_uid = s.study_instance_uid AND f.revision = s.revision
            ORDER BY s.created, s.study_instance_uid, s.revision
            """).ConfigureAwait(false)).AsList());
}
