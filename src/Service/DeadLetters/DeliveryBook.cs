using System.Globalization;
using BrainTumorDicom.Service.Hosting;
using BrainTumorDicom.Service.Ledger;
using BrainTumorDicom.Service.Web;

namespace BrainTumorDicom.Service.DeadLetters;

/// <summary>The deliveries of a data folder, read and released from outside, also while the service runs.</summary>
public sealed class DeliveryBook
{
    private const int MostRows = 10_000;

    private readonly string ledger;

    /// <summary>Of a data folder.</summary>
    /// <exception cref="FileNotFoundException">It is none.</exception>
    public DeliveryBook(string dataFolder)
    {
        ledger = Path.Combine(dataFolder, DataFolder.LedgerName);
        if (!File.Exists(ledger))
        {
            throw new FileNotFoundException($"{ledger} does not exist: {dataFolder} is no data folder of the service.", ledger);
        }
    }

    /// <summary>The deliveries in a state (<c>failed</c>: what was given up), or all where it is <see langword="null"/>; the last changed first.</summary>
    public async Task<IReadOnlyList<DeliveryItem>> ListAsync(string? state, string? destination)
    {
        using var database = LedgerDatabase.OpenForReading(ledger);
        var known = state is null ? (DeliveryState?)null : Enum.Parse<DeliveryState>(state, ignoreCase: true);
        return Items(await new DeadLetterLedger(database).ListAsync(known, destination, MostRows).ConfigureAwait(false));
    }

    /// <summary>Releases what was given up; a running service takes it up within seconds, another at its start.</summary>
    /// <param name="what">The number of a delivery, the name of a destination, or <c>all</c>.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<DeliveryItem>> ReleaseAsync(string what, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var database = LedgerDatabase.OpenForWriting(ledger);
        var id = long.TryParse(what, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (long?)null;
        var destination = id is null && what != "all" ? what : null;
        return Items(await new DeadLetterLedger(database).ReleaseAsync(id, destination, now, cancellationToken).ConfigureAwait(false));
    }

    private static IReadOnlyList<DeliveryItem> Items(IEnumerable<DeliveryRow> rows) =>
    [
        .. from row in rows
           let shown = StudyList.Delivery(row)
           select new DeliveryItem(row.Id, row.StudyInstanceUid, row.Revision, row.Kind, row.Destination, shown.State, shown.Commitment, row.Attempts, shown.Error, row.Changed),
    ];
}
