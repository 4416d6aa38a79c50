using System.Text.Json;

namespace BrainTumorDicom.Training.Loop;

/// <summary>The epochs done. Whatever is decided from how a training goes is computed from them alone, so that a resumed one decides the same.</summary>
internal sealed class EpochHistory
{
    // A loss counts as smaller from this part on.
    private const double Threshold = 1e-4;

    private readonly List<EpochEntry> _entries = [];

    /// <summary>The epochs, in order.</summary>
    public IReadOnlyList<EpochEntry> Entries => _entries;

    /// <summary>The last epoch that was evaluated, from 1; 0 before the first.</summary>
    public int Last => _entries.Count == 0 ? 0 : _entries[^1].Epoch;

    /// <summary>The epoch with the smallest watched loss, from 1; 0 before the first.</summary>
    public int Best => _entries.Count == 0 ? 0 : _entries.MinBy(entry => entry.WatchedLoss)!.Epoch;

    /// <summary>Reads epochs.jsonl, of a training that has done <paramref name="epochs"/> epochs.</summary>
    /// <exception cref="TrainingException">It is damaged.</exception>
    public static EpochHistory Read(string path, int epochs)
    {
        var history = new EpochHistory();
        try
        {
            foreach (var line in File.Exists(path) ? File.ReadAllLines(path) : [])
            {
                if (JsonSerializer.Deserialize(line, TrainingJson.Default.EpochEntry) is { } entry && entry.Epoch <= epochs)
                {
                    history._entries.Add(entry);
                }
            }

            return history;
        }
        catch (JsonException error)
        {
            throw new TrainingException($"{path} is damaged. Delete it to go on without the figures of earlier epochs.", error);
        }
    }

    /// <summary>Adds an epoch.</summary>
    public void Add(EpochEntry entry) => _entries.Add(entry);

    /// <summary>Writes epochs.jsonl.</summary>
    public void Write(string path) => WholeFile.Write(path, stream =>
    {
        foreach (var entry in _entries)
        {
            JsonSerializer.Serialize(stream, entry, TrainingJson.Default.EpochEntry);
            stream.WriteByte((byte)'\n');
        }
    });

    /// <summary>Whether the watched loss has not fallen for so many epochs that the training ends.</summary>
    public bool IsExhausted(int patience) => patience > 0 && _entries.Count > 0 && _entries[^1].Epoch - Best >= patience;

    /// <summary>What the peak learning rate is multiplied by in the next epoch under <see cref="ScheduleKind.Plateau"/>.</summary>
    public double PlateauFactor(int patience, double factor)
    {
        var (best, waited, result) = (double.PositiveInfinity, 0, 1.0);
        foreach (var entry in _entries)
        {
            if (entry.WatchedLoss < best * (1 - Threshold))
            {
                (best, waited) = (entry.WatchedLoss, 0);
            }
            else if (++waited > patience)
            {
                (result, waited) = (result * factor, 0);
            }
        }

        return result;
    }
}
