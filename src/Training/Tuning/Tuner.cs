using System.Collections.Immutable;
using BrainTumorDicom.Training.Loop;

namespace BrainTumorDicom.Training.Tuning;

/// <summary>Searches for settings: trains with one after the other and keeps those that do best on the validation slices.</summary>
/// <param name="plan">What to try.</param>
/// <param name="folder">Where the trainings go.</param>
/// <param name="make">The options of a training with these settings, for so many epochs, into that folder.</param>
/// <param name="time">The clock, for durations.</param>
/// <param name="progress">Is told of each training done: its result, how many are done and in all.</param>
public sealed class Tuner(
    TuningPlan plan,
    string folder,
    Func<ImmutableArray<(string Option, string Value)>, int, string, TrainingOptions> make,
    TimeProvider time,
    IProgress<(TrialResult Trial, int Done, int Total)>? progress = null)
{
    /// <summary>Searches to the end, or until it is cancelled; the trainings done are kept, and one that was stopped goes on.</summary>
    /// <param name="description">What search it is: only the same is resumed.</param>
    /// <param name="resume">Whether to take up the one in the folder.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The trainings of the last stage, the best first, then those of earlier stages.</returns>
    /// <exception cref="TrainingException">The search cannot begin, or no training succeeded.</exception>
    public async Task<ImmutableArray<TrialResult>> RunAsync(string description, bool resume, CancellationToken cancellationToken)
    {
        var settings = plan.Settings();
        using var owner = new RunFolder(folder);
        var log = new SearchLog(folder, description, resume);
        var stages = plan.Stages(settings.Length);
        var (remaining, done, results) = (settings, 0, ImmutableArray<TrialResult>.Empty);
        foreach (var (count, epochs) in stages)
        {
            var stage = new List<(ImmutableArray<(string Option, string Value)> Settings, TrialResult Result)>();
            foreach (var setting in remaining.Take(count))
            {
                var result = await TrialAsync(log, settings.IndexOf(setting), setting, epochs, cancellationToken).ConfigureAwait(false);
                stage.Add((setting, result));
                progress?.Report((result, ++done, stages.Sum(other => other.Trials)));
            }

            var ranked = stage.OrderByDescending(trial => trial.Result.BalancedAccuracy).ThenBy(trial => trial.Result.Loss).ToArray();
            remaining = [.. ranked.Where(trial => trial.Result.Failure is null).Select(trial => trial.Settings)];
            results = [.. ranked.Select(trial => trial.Result), .. results];
        }

        return results[0].Failure is null
            ? results
            : throw new TrainingException($"No training of the search has made a model. The first failure: {results[0].Failure}");
    }

    private async Task<TrialResult> TrialAsync(
        SearchLog log, int number, ImmutableArray<(string Option, string Value)> setting, int epochs, CancellationToken cancellationToken)
    {
        var name = FormattableString.Invariant($"trial-{number + 1:D3}-{epochs}");
        if (log.Trials.FirstOrDefault(trial => trial.Folder == name) is { } known)
        {
            return known;
        }

        var output = Path.Combine(folder, name);
        var options = make(setting, epochs, output) with { Resume = File.Exists(Path.Combine(output, RunFolder.CheckpointFile)) };
        var started = time.GetTimestamp();
        ValidationFigures? figures = null;
        string? failure = null;
        try
        {
            figures = (await new Trainer(options, time).RunAsync(cancellationToken).ConfigureAwait(false)).Validation;
        }
        catch (CollapsedException error)
        {
            // Settings that collapse are an answer to the question, not the end of the search.
            failure = error.Message;
        }

        var result = new TrialResult(
            [.. setting.Select(pair => $"{pair.Option}={pair.Value}")],
            epochs,
            name,
            figures?.BalancedAccuracy ?? 0,
            figures?.Accuracy ?? 0,
            figures?.Loss ?? 0,
            time.GetElapsedTime(started).TotalSeconds,
            failure);
        log.Add(result);
        return result;
    }
}
