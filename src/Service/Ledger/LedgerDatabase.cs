using Dapper;
using Microsoft.Data.Sqlite;

namespace BrainTumorDicom.Service.Ledger;

/// <summary>
/// The SQLite file behind the ledger: connections, the schema, and the one way to write. SQLite has one writer at a time, so
/// writers of this process queue here instead of polling a busy file.
/// </summary>
/// <remarks>
/// WAL with <c>synchronous=NORMAL</c>: a power failure may take back the last commits, never tear the file. That is enough,
/// because instances are read back from the journal, and a finding or a delivery that was taken back is made again, the same.
/// </remarks>
internal sealed class LedgerDatabase : IDisposable
{
    private readonly SemaphoreSlim writer = new(1, 1);

    static LedgerDatabase()
    {
        SQLitePCL.Batteries_V2.Init();
        DefaultTypeMap.MatchNamesWithUnderscores = true;

        // Dapper asks its own table of types first; a handler is heard only for a type that is not in it.
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset?));
        SqlMapper.AddTypeHandler(new UnixTimeHandler());
    }

    /// <summary>Opens the ledger at <paramref name="path"/>, making or migrating it where needed.</summary>
    public LedgerDatabase(string path)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
        }

        ConnectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            ForeignKeys = true,
            Pooling = true,
            DefaultTimeout = 30,
        }.ToString();
        using var connection = Open();
        connection.Execute("PRAGMA journal_mode = WAL");
        LedgerSchema.Migrate(connection);
    }

    private LedgerDatabase(SqliteConnectionStringBuilder connection) => ConnectionString = connection.ToString();

    /// <summary>Opens a ledger only to read it, also one that a running service writes to. Neither made nor migrated.</summary>
    /// <exception cref="InvalidDataException">It is of another version of this program.</exception>
    public static LedgerDatabase OpenForReading(string path) => OpenBeside(path, SqliteOpenMode.ReadOnly);

    /// <summary>Opens a ledger to write a little, also one that a running service writes to. Neither made nor migrated.</summary>
    /// <exception cref="InvalidDataException">It is of another version of this program.</exception>
    public static LedgerDatabase OpenForWriting(string path) => OpenBeside(path, SqliteOpenMode.ReadWrite);

    private static LedgerDatabase OpenBeside(string path, SqliteOpenMode mode)
    {
        var database = new LedgerDatabase(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, ForeignKeys = true, DefaultTimeout = 30 });
        using var connection = database.Open();
        var version = connection.ExecuteScalar<int>("PRAGMA user_version");
        return version == LedgerSchema.Version
            ? database
            : throw new InvalidDataException($"The ledger {path} has schema version {version}, not {LedgerSchema.Version}: it belongs to another version of this program.");
    }

    /// <summary>How to reach the same file from elsewhere (the job store).</summary>
    public string ConnectionString { get; }

    /// <summary>A pooled connection for reading; the caller disposes it.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        connection.Execute("PRAGMA busy_timeout = 10000; PRAGMA synchronous = NORMAL");
        return connection;
    }

    /// <summary>Reads with a pooled connection.</summary>
    public async Task<T> ReadAsync<T>(Func<SqliteConnection, Task<T>> read)
    {
        using var connection = Open();
        return await read(connection).ConfigureAwait(false);
    }

    /// <summary>Runs <paramref name="write"/> in one transaction, which is committed when it returns and undone when it throws.</summary>
    public async Task<T> WriteAsync<T>(Func<SqliteConnection, SqliteTransaction, Task<T>> write, CancellationToken cancellationToken)
    {
        await writer.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using var connection = Open();
            using var transaction = connection.BeginTransaction();
            var result = await write(connection, transaction).ConfigureAwait(false);
            transaction.Commit();
            return result;
        }
        finally
        {
            writer.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        using (var connection = new SqliteConnection(ConnectionString))
        {
            SqliteConnection.ClearPool(connection);
        }

        writer.Dispose();
    }
}
