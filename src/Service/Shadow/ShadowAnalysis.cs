using System.Text;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Reports.Json;
using BrainTumorDicom.Service.Jobs;
using BrainTumorDicom.Service.Ledger;
using BrainTumorDicom.Service.Receive;
using Microsoft.Extensions.Logging;

namespace BrainTumorDicom.Service.Shadow;

/// <summary>Has the shadow look at a revision whose finding is stored, once no study waits for the model in use. Nothing of it is reported.</summary>
internal sealed class ShadowAnalysis(
    IShadowReporter reporter,
    RevisionLedger revisions,
    InstanceLedger instances,
    FindingLedger findings,
    ShadowLedger ledger,
    JobSchedule schedule,
    TimeProvider time,
    ILogger<ShadowAnalysis> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Analyses the revision, puts it off while others wait, or leaves it out where there is nothing to do.</summary>
    public async Task RunAsync(string study, int revision, CancellationToken cancellationToken)
    {
        if (reporter.Sha256 is not { Length: > 0 } sha256
            || await revisions.FindAsync(study, revision).ConfigureAwait(false) is not { } row
            || await findings.FindAsync(study, revision).ConfigureAwait(false) is not { } reported
            || await ledger.HasAsync(study, revision, sha256).ConfigureAwait(false))
        {
            return;
        }

        if ((await revisions.UnfinishedAsync().ConfigureAwait(false)).Count > 0)
        {
            await schedule.EnqueueShadowAsync(study, revision, time.GetUtcNow() + Patience, cancellationToken).ConfigureAwait(false);
            return;
        }

        var sources = InstanceStore.FirstContents(await instances.ListAsync(study, row.ThroughInstance).ConfigureAwait(false));
        if (sources.Count == 0)
        {
            // Retention was faster.
            return;
        }

        var finding = reporter.Analyze(row, sources, cancellationToken);
        await ledger.AddAsync(
            new FindingRow
            {
                StudyInstanceUid = study,
                Revision = revision,
                Disposition = FindingJson.Name(finding.Disposition),
                ReasonCode = finding.Reason?.Code,
                Class = finding.Class?.Label(),
                Json = Encoding.UTF8.GetString(FindingJson.WriteStudy(finding, revision)),
                Created = time.GetUtcNow(),
            },
            sha256,
            CancellationToken.None).ConfigureAwait(false);
        logger.Analysed(study, revision, Answer(finding.Class?.Label(), finding.Reason?.Code), Answer(reported.Class, reported.ReasonCode));
    }

    private static string Answer(string? label, string? reason) => label ?? reason ?? "";
}
