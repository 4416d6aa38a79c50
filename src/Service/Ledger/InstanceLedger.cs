using Dapper;
using Microsoft.Data.Sqlite;

namespace BrainTumorDicom.Service.Ledger;

/// <summary>Where each instance is in the journal. Written in batches, after the sender has its answer.</summary>
internal sealed class InstanceLedger(LedgerDatabase database)
{
    /// <summary>
    /// Inserts a batch and moves the mark up to which each segment is in the ledger, in one transaction. What is there already is left alone.
    /// </summary>
    public Task AppendAsync(IReadOnlyCollection<InstanceRow> instances, IReadOnlyCollection<SegmentRow> segments, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (connection, transaction) =>
            {
                await InsertAsync(connection, transaction, instances).ConfigureAwait(false);
                await connection.ExecuteAsync(
                    """
                    INSERT INTO segments (number, through, outcome) VALUES (@Number, @Through, @Outcome)
                    ON CONFLICT (number) DO UPDATE SET through = MAX(through, excluded.through), outcome = COALESCE(excluded.outcome, outcome)
                    """,
                    segments,
                    transaction).ConfigureAwait(false);
                return instances.Count;
            },
            cancellationToken);

    /// <summary>The instances of a study that are there and no results of this program, in order of arrival, up to and with the one numbered <paramref name="through"/>; every variant.</summary>
    public Task<IReadOnlyList<InstanceRow>> ListAsync(string studyInstanceUid, long through = long.MaxValue) =>
        database.ReadAsync<IReadOnlyList<InstanceRow>>(async connection =>
            (await connection.QueryAsync<InstanceRow>(
                "SELECT * FROM instances WHERE study_instance_uid = @studyInstanceUid AND id <= @through AND purged IS NULL AND own = 0 ORDER BY id",
                new { studyInstanceUid, through }).ConfigureAwait(false)).AsList());

    /// <summary>Every variant under one SOP Instance UID that is there. A plain read: it may stand between a sender and its response.</summary>
    public IReadOnlyList<InstanceRow> Find(string sopInstanceUid)
    {
        using var connection = database.Open();
        return connection.Query<InstanceRow>(
            "SELECT * FROM instances WHERE sop_instance_uid = @sopInstanceUid AND purged IS NULL ORDER BY variant", new { sopInstanceUid }).AsList();
    }

    /// <summary>The newest instances in order of arrival; streamed.</summary>
    public IEnumerable<InstanceRow> Newest(int limit)
    {
        using var connection = database.Open();
        foreach (var row in connection.Query<InstanceRow>(
            "SELECT * FROM (SELECT * FROM instances WHERE purged IS NULL ORDER BY id DESC LIMIT @limit) ORDER BY id", new { limit }, buffered: false))
        {
            yield return row;
        }
    }

    /// <summary>Every variant in order of arrival, of one study, one series, or since a time where those are given.</summary>
    public IReadOnlyList<InstanceRow> Stored(string? studyInstanceUid, string? seriesInstanceUid, DateTimeOffset? since)
    {
        using var connection = database.Open();
        return connection.Query<InstanceRow>(
            """
            SELECT * FROM instances
            WHERE purged IS NULL AND (@studyInstanceUid IS NULL OR study_instance_uid = @studyInstanceUid)
                AND (@seriesInstanceUid IS NULL OR series_instance_uid = @seriesInstanceUid)
                AND (@since IS NULL OR received >= @since)
            ORDER BY id
            """,
            new { studyInstanceUid, seriesInstanceUid, since }).AsList();
    }

    /// <summary>How many records are there.</summary>
    public long Count()
    {
        using var connection = database.Open();
        return connection.ExecuteScalar<long>("SELECT COUNT(*) FROM instances WHERE purged IS NULL");
    }

    /// <summary>How far each segment is in the ledger.</summary>
    public IReadOnlyList<SegmentRow> Segments()
    {
        using var connection = database.Open();
        return connection.Query<SegmentRow>("SELECT * FROM segments ORDER BY number").AsList();
    }

    /// <summary>Notes bytes of a segment that are no whole record.</summary>
    public Task NoteDamageAsync(DamageRow damage, CancellationToken cancellationToken) => database.WriteAsync(
        (connection, transaction) => connection.ExecuteAsync(
            "INSERT OR IGNORE INTO damages VALUES (@Segment, @Offset, @Length, @Reason, @SetAside, @Found)", damage, transaction),
        cancellationToken);

    /// <summary>All damage found so far.</summary>
    public Task<IReadOnlyList<DamageRow>> DamagesAsync() => database.ReadAsync<IReadOnlyList<DamageRow>>(async connection =>
        (await connection.QueryAsync<DamageRow>("SELECT * FROM damages ORDER BY segment, offset").ConfigureAwait(false)).AsList());

    // Each statement runs over a whole list, so that it is prepared once a batch and not once a row.
    private static async Task InsertAsync(SqliteConnection connection, SqliteTransaction transaction, IReadOnlyCollection<InstanceRow> instances)
    {
        await connection.ExecuteAsync(
            """
            INSERT INTO studies (study_instance_uid, first_received, last_received) VALUES (@StudyInstanceUid, @First, @Last)
            ON CONFLICT (study_instance_uid) DO UPDATE SET
                first_received = MIN(first_received, excluded.first_received), last_received = MAX(last_received, excluded.last_received)
            """,
            instances.GroupBy(instance => instance.StudyInstanceUid, StringComparer.Ordinal)
                .Select(study => new { StudyInstanceUid = study.Key, First = study.Min(one => one.Received), Last = study.Max(one => one.Received) }),
            transaction).ConfigureAwait(false);
        await connection.ExecuteAsync(
            """
            INSERT INTO series (study_instance_uid, series_instance_uid, modality, first_received, last_received)
            VALUES (@Study, @Series, @Modality, @First, @Last)
            ON CONFLICT (study_instance_uid, series_instance_uid) DO UPDATE SET
                first_received = MIN(first_received, excluded.first_received), last_received = MAX(last_received, excluded.last_received)
            """,
            instances.GroupBy(instance => (Study: instance.StudyInstanceUid, Series: instance.SeriesInstanceUid))
                .Select(series => new
                {
                    series.Key.Study,
                    series.Key.Series,
                    series.First().Modality,
                    First = series.Min(one => one.Received),
                    Last = series.Max(one => one.Received),
                }),
            transaction).ConfigureAwait(false);
        await ReviveAsync(connection, transaction, instances).ConfigureAwait(false);
        await connection.ExecuteAsync(
            """
            INSERT OR IGNORE INTO instances (sop_instance_uid, variant, study_instance_uid, series_instance_uid, sop_class_uid,
                transfer_syntax_uid, calling_ae, received, segment, offset, length, data_length, data_checksum, own)
            VALUES (@SopInstanceUid, @Variant, @StudyInstanceUid, @SeriesInstanceUid, @SopClassUid,
                @TransferSyntaxUid, @CallingAe, @Received, @Segment, @Offset, @Length, @DataLength, @DataChecksum,
                @Own OR EXISTS (SELECT 1 FROM reports r WHERE r.study_instance_uid = @StudyInstanceUid AND r.uid = @SopInstanceUid))
            """,
            instances,
            transaction).ConfigureAwait(false);
    }

    /// <summary>
    /// Gives what comes again after retention removed it its old place, and its old number: the revision that covers it analysed the same
    /// bytes. Other bytes are something new; what they replace is forgotten.
    /// </summary>
    private static async Task ReviveAsync(SqliteConnection connection, SqliteTransaction transaction, IReadOnlyCollection<InstanceRow> instances)
    {
        if (await connection.ExecuteScalarAsync<long>("SELECT EXISTS (SELECT 1 FROM segments WHERE purged IS NOT NULL)", transaction: transaction).ConfigureAwait(false) == 0)
        {
            return;
        }

        await connection.ExecuteAsync(
            """
            UPDATE instances SET calling_ae = @CallingAe, received = @Received, segment = @Segment, offset = @Offset, length = @Length, purged = NULL
            WHERE sop_instance_uid = @SopInstanceUid AND variant = @Variant AND purged IS NOT NULL AND study_instance_uid = @StudyInstanceUid
                AND data_length = @DataLength AND data_checksum = @DataChecksum AND transfer_syntax_uid = @TransferSyntaxUid
            """,
            instances,
            transaction).ConfigureAwait(false);
        await connection.ExecuteAsync(
            "DELETE FROM instances WHERE sop_instance_uid = @SopInstanceUid AND variant = @Variant AND purged IS NOT NULL", instances, transaction).ConfigureAwait(false);
    }
}
