using BrainTumorDicom.Service.Receive;
using Dapper;

namespace BrainTumorDicom.Service.Ledger;

/// <summary>Studies as lists show them.</summary>
internal sealed class StudyLedger(LedgerDatabase database)
{
    private const string Select = """
        SELECT s.*,
            (SELECT COUNT(*) FROM series e WHERE e.study_instance_uid = s.study_instance_uid) AS series_count,
            (SELECT COUNT(DISTINCT sop_instance_uid) FROM instances i WHERE i.study_instance_uid = s.study_instance_uid) AS instance_count,
            COALESCE(r.revision, 0) AS revision, f.disposition, f.class, f.reason_code
        FROM studies s
        LEFT JOIN revisions r ON r.study_instance_uid = s.study_instance_uid
            AND r.revision = (SELECT MAX(revision) FROM revisions WHERE study_instance_uid = s.study_instance_uid)
        LEFT JOIN findings f ON f.study_instance_uid = s.study_instance_uid AND f.revision = r.revision
        """;

    /// <summary>One study, or <see langword="null"/>.</summary>
    public Task<StudyRow?> FindAsync(string studyInstanceUid) => database.ReadAsync(connection =>
        connection.QuerySingleOrDefaultAsync<StudyRow>($"{Select} WHERE s.study_instance_uid = @studyInstanceUid", new { studyInstanceUid }));

    /// <summary>The studies that changed last, newest first.</summary>
    public Task<IReadOnlyList<StudyRow>> ListAsync(int limit, int skip = 0) => database.ReadAsync<IReadOnlyList<StudyRow>>(async connection =>
        (await connection.QueryAsync<StudyRow>(
            $"{Select} ORDER BY s.last_received DESC, s.study_instance_uid LIMIT @limit OFFSET @skip", new { limit, skip }).ConfigureAwait(false)).AsList());

    /// <summary>What is here of a study, to compare with what its senders have.</summary>
    public Task<ReceivedStudy> ReceivedAsync(string studyInstanceUid) => database.ReadAsync(async connection =>
    {
        var key = new { studyInstanceUid };
        var reports = await connection.QueryAsync<string>(
            "SELECT uid FROM reports WHERE study_instance_uid = @studyInstanceUid", key).ConfigureAwait(false);
        var callers = await connection.QueryAsync<string>(
            "SELECT DISTINCT calling_ae FROM instances WHERE study_instance_uid = @studyInstanceUid", key).ConfigureAwait(false);
        var count = await connection.ExecuteScalarAsync<int>(
            """
            SELECT COUNT(DISTINCT sop_instance_uid) FROM instances WHERE study_instance_uid = @studyInstanceUid
                AND sop_instance_uid NOT IN (SELECT uid FROM reports WHERE study_instance_uid = @studyInstanceUid)
            """,
            key).ConfigureAwait(false);
        return new ReceivedStudy(studyInstanceUid, count, callers.AsList(), reports.ToHashSet(StringComparer.Ordinal));
    });

    /// <summary>Notes why the transfer of a study counts as broken off; an empty <paramref name="reason"/> takes the note away.</summary>
    public Task NoteInterruptionAsync(string studyInstanceUid, string reason, CancellationToken cancellationToken) =>
        database.WriteAsync(
            (connection, transaction) => connection.ExecuteAsync(
                "UPDATE studies SET interruption = @reason WHERE study_instance_uid = @studyInstanceUid",
                new { studyInstanceUid, reason },
                transaction),
            cancellationToken);
}
