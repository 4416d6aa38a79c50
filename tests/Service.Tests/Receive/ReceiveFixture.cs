using BrainTumorDicom.Service.Journal;
using BrainTumorDicom.Service.Ledger;
using BrainTumorDicom.Service.Receive;
using Microsoft.Extensions.Logging.Abstractions;

namespace BrainTumorDicom.Service.Tests.Receive;

/// <summary>The receiving half of the service on a data folder of its own, without a network.</summary>
internal sealed class ReceiveFixture : IAsyncDisposable
{
    private readonly bool ownsFolder;
    private int associations;

    private ReceiveFixture(string folder, bool ownsFolder, FreeSpace? space, ReceiveOptions? options)
    {
        Path = folder;
        this.ownsFolder = ownsFolder;
        Database = new LedgerDatabase(System.IO.Path.Combine(folder, "ledger.db"));
        Instances = new InstanceLedger(Database);
        var journal = new JournalOptions { Folder = System.IO.Path.Combine(folder, "journal"), MinimumFreeBytes = 0, SpareSegments = 0 };
        Receiver = new InstanceReceiver(Database, Queue, Source, journal, options ?? new ReceiveOptions(), Time, NullLogger<InstanceReceiver>.Instance, space);
    }

    public string Path { get; }

    public LedgerDatabase Database { get; }

    public InstanceLedger Instances { get; }

    public RecordingQueue Queue { get; } = new();

    public ScriptedSource Source { get; } = new();

    public ManualTimeProvider Time { get; } = new();

    public InstanceReceiver Receiver { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<ReceiveFixture> StartAsync(string? folder = null, FreeSpace? space = null, ReceiveOptions? options = null)
    {
        var fixture = new ReceiveFixture(folder ?? Directory.CreateTempSubdirectory("btd-receive-").FullName, ownsFolder: folder is null, space, options);
        await fixture.Receiver.StartAsync(Cancel);
        return fixture;
    }

    public TestAssociation Associate() => new(Receiver.Accept(), Interlocked.Increment(ref associations));

    /// <summary>A copy of the journal as a sudden stop would leave it, without the ledger.</summary>
    public string CopyJournal()
    {
        var copy = Directory.CreateTempSubdirectory("btd-receive-").FullName;
        var journal = Directory.CreateDirectory(System.IO.Path.Combine(copy, "journal")).FullName;
        foreach (var segment in Receiver.Folder.Segments())
        {
            File.Copy(Receiver.Folder.PathOf(segment), System.IO.Path.Combine(journal, System.IO.Path.GetFileName(Receiver.Folder.PathOf(segment))));
        }

        return copy;
    }

    public async ValueTask DisposeAsync()
    {
        await Receiver.DisposeAsync();
        Database.Dispose();
        if (ownsFolder)
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
