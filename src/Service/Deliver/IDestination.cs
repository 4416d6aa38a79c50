using BrainTumorDicom.Reports;

namespace BrainTumorDicom.Service.Deliver;

/// <summary>A place that reports go to.</summary>
internal interface IDestination
{
    /// <summary>How the ledger, the log and <c>/api/studies</c> call it: its address, without credentials. Two destinations never share one.</summary>
    public string Name { get; }

    /// <summary>Which report objects it takes, without their numbers: <see cref="ReportKinds"/>.</summary>
    public IReadOnlyList<string> Kinds { get; }

    /// <summary>Tries once to deliver one object. Network faults and refusals are outcomes, not exceptions.</summary>
    /// <param name="kind">Which object, as the ledger calls it: one of <see cref="Kinds"/>, numbered where a report has several.</param>
    /// <param name="reportFolder">The folder of one revision's report files.</param>
    /// <param name="cancellationToken">Ends the attempt; then the same is tried again after a restart.</param>
    public Task<DeliveryOutcome> DeliverAsync(string kind, string reportFolder, CancellationToken cancellationToken);
}
