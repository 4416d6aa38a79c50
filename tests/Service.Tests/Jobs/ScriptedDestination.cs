using System.Collections.Concurrent;
using BrainTumorDicom.Reports;
using BrainTumorDicom.Service.Deliver;

namespace BrainTumorDicom.Service.Tests.Jobs;

/// <summary>A destination that plays outcomes, then delivers; keeps the folders it was given.</summary>
internal sealed class ScriptedDestination(string name, params DeliveryOutcome[] outcomes) : IDestination
{
    private readonly ConcurrentQueue<DeliveryOutcome> outcomes = new(outcomes);

    public string Name { get; } = name;

    public IReadOnlyList<string> Kinds { get; init; } = [ReportKinds.Fhir];

    /// <summary>Every attempt: the last two parts of the report folder, study and revision.</summary>
    public ConcurrentQueue<string> Attempts { get; } = new();

    /// <summary>Holds every attempt until it is completed.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public async Task<DeliveryOutcome> DeliverAsync(string kind, string reportFolder, CancellationToken cancellationToken)
    {
        Attempts.Enqueue($"{Path.GetFileName(Path.GetDirectoryName(reportFolder))}/{Path.GetFileName(reportFolder)}");
        await Gate.WaitAsync(cancellationToken);
        return outcomes.TryDequeue(out var outcome) ? outcome : new DeliveryOutcome.Delivered("");
    }
}
