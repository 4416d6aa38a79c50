using Dapper;
using Microsoft.Data.Sqlite;

namespace BrainTumorDicom.Service.Jobs;

/// <summary>
/// The file that Quartz keeps its triggers in, and one table of our own: how often each analysis was begun without coming to an end.
/// A study that takes the process down with it can be told only by what was written before it began.
/// </summary>
/// <remarks>Nothing here is needed to find the work again: the ledger knows every open revision and delivery. The file may be deleted.</remarks>
internal sealed class JobDatabase
{
    static JobDatabase() => SQLitePCL.Batteries_V2.Init();

    /// <summary>Opens or makes the file.</summary>
    public JobDatabase(string path)
    {
        ConnectionString = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 30 }.ToString();
        using var connection = Open();
        connection.Execute(
            """
            PRAGMA journal_mode = WAL;
            CREATE TABLE IF NOT EXISTS begun (
                study_instance_uid TEXT NOT NULL,
                revision INTEGER NOT NULL,
                times INTEGER NOT NULL,
                PRIMARY KEY (study_instance_uid, revision)
            ) WITHOUT ROWID;
            """);
    }

    /// <summary>For Quartz.</summary>
    public string ConnectionString { get; }

    /// <summary>Writes down that an analysis begins.</summary>
    /// <returns>How often it was begun before and did not come to an end.</returns>
    public int Begin(string studyInstanceUid, int revision)
    {
        using var connection = Open();
        return connection.ExecuteScalar<int>(
            """
            INSERT INTO begun VALUES (@studyInstanceUid, @revision, 1)
            ON CONFLICT (study_instance_uid, revision) DO UPDATE SET times = times + 1
            RETURNING times
            """,
            new { studyInstanceUid, revision }) - 1;
    }

    /// <summary>Takes one begin back: the analysis was stopped or failed for a reason that is not the study's.</summary>
    public void TakeBack(string studyInstanceUid, int revision)
    {
        using var connection = Open();
        connection.Execute(
            "UPDATE begun SET times = MAX(0, times - 1) WHERE study_instance_uid = @studyInstanceUid AND revision = @revision",
            new { studyInstanceUid, revision });
    }

    /// <summary>The analysis came to an end.</summary>
    public void End(string studyInstanceUid, int revision)
    {
        using var connection = Open();
        connection.Execute(
            "DELETE FROM begun WHERE study_instance_uid = @studyInstanceUid AND revision = @revision", new { studyInstanceUid, revision });
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        return connection;
    }
}
