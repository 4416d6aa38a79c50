using System.Text.Json;
using BrainTumorDicom.Training.Loop;

namespace BrainTumorDicom.Training.Tuning;

/// <summary>What a search has done so far: search.txt says which search it is, trials.jsonl has a line for each training done.</summary>
internal sealed class SearchLog
{
    private readonly string _path;
    private readonly List<TrialResult> _trials = [];

    /// <summary>Begins a search or takes up one that was stopped.</summary>
    /// <exception cref="TrainingException">There is another search in the folder, or none to resume.</exception>
    public SearchLog(string folder, string description, bool resume)
    {
        _path = Path.Combine(folder, "trials.jsonl");
        var descriptionPath = Path.Combine(folder, "search.txt");
        if (!File.Exists(descriptionPath))
        {
            if (resume)
            {
                throw new TrainingException($"There is no search in {folder} to resume. Leave --resume out to begin one.");
            }

            WholeFile.Write(descriptionPath, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(description)));
            return;
        }

        if (!resume)
        {
            throw new TrainingException($"{folder} holds a search. Go on with --resume, or give another folder with --out.");
        }

        if (File.ReadAllText(descriptionPath) != description)
        {
            throw new TrainingException($"The search in {folder} has other options. Resume it with the same ({descriptionPath}), or give another folder with --out.");
        }

        foreach (var line in File.Exists(_path) ? File.ReadAllLines(_path) : [])
        {
            _trials.Add(JsonSerializer.Deserialize(line, TuningJson.Default.TrialResult) ?? throw new TrainingException($"{_path} is damaged. Delete the line that is no JSON object."));
        }
    }

    /// <summary>The trainings done, in order.</summary>
    public IReadOnlyList<TrialResult> Trials => _trials;

    /// <summary>Adds one.</summary>
    public void Add(TrialResult trial)
    {
        _trials.Add(trial);
        WholeFile.Write(_path, stream =>
        {
            foreach (var done in _trials)
            {
                JsonSerializer.Serialize(stream, done, TuningJson.Default.TrialResult);
                stream.WriteByte((byte)'\n');
            }
        });
    }
}
