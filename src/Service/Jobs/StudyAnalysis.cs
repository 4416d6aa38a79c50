using System.Globalization;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Reports.Json;
using BrainTumorDicom.Reports;
using BrainTumorDicom.Service.Deliver;
using BrainTumorDicom.Service.Ledger;
using BrainTumorDicom.Service.Receive;
using BrainTumorDicom.Service.Shadow;
using Microsoft.Extensions.Logging;

namespace BrainTumorDicom.Service.Jobs;

/// <summary>
/// Takes one revision of a study from instances to reports with deliveries. May be run again at any time: the reports' folder appears
/// whole or not at all, the ledger takes a revision's finding once, and nothing is delivered that the ledger has not taken.
/// </summary>
internal sealed class StudyAnalysis(
    RevisionLedger revisions,
    StudyLedger studies,
    InstanceLedger instances,
    FindingLedger findings,
    DeliveryLedger deliveries,
    DestinationList destinations,
    JobDatabase database,
    JobSchedule schedule,
    ReportStore store,
    DamageNotes damages,
    IStudyReporter reporter,
    IShadowReporter shadow,
    TimeProvider time,
    ILogger<StudyAnalysis> logger)
{
    /// <summary>Begun so often without coming to an end, a study is reported as an error: it breaks the analysis, or the process.</summary>
    private const int MostBegins = 2;

    private static readonly FindingReason Broken = new("ANALYSIS-BROKE", "The analysis of this study failed repeatedly.");

    /// <summary>Analyses the revision unless that is done, or a newer revision covers it.</summary>
    public async Task RunAsync(string study, int revision, CancellationToken cancellationToken)
    {
        var row = await revisions.FindAsync(study, revision).ConfigureAwait(false);
        if (row is null)
        {
            return;
        }

        if (await findings.FindAsync(study, revision).ConfigureAwait(false) is null)
        {
            if (await studies.FindAsync(study).ConfigureAwait(false) is { } known && known.Revision > revision)
            {
                logger.Superseded(study, revision);
                return;
            }

            await AnalyzeAsync(row, cancellationToken).ConfigureAwait(false);
        }

        foreach (var delivery in await deliveries.ListAsync(study, revision).ConfigureAwait(false))
        {
            if (delivery.State == DeliveryState.Pending)
            {
                await schedule.EnqueueAsync(delivery, delivery.NextAttempt, cancellationToken).ConfigureAwait(false);
            }
        }

        if (shadow.Sha256.Length > 0)
        {
            await schedule.EnqueueShadowAsync(study, revision, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task AnalyzeAsync(RevisionRow row, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var before = database.Begin(row.StudyInstanceUid, row.Revision);
        var sources = InstanceStore.FirstContents(await instances.ListAsync(row.StudyInstanceUid, row.ThroughInstance).ConfigureAwait(false));
        logger.AnalysisBegins(row.StudyInstanceUid, row.Revision, sources.Count);
        var finding = before < MostBegins
            ? reporter.Analyze(row, sources, cancellationToken)
            : reporter.Fail(row, Broken with { Detail = string.Create(CultureInfo.InvariantCulture, $"begun {before} times without an end") });
        await damages.SaveAsync(CancellationToken.None).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();

        var predecessor = await findings.FindPredecessorAsync(row.StudyInstanceUid, row.Revision).ConfigureAwait(false);
        var drafts = reporter.Write(row, sources, finding, predecessor);
        var reports = store.Save(row.StudyInstanceUid, row.Revision, drafts);
        await SaveAsync(row, finding, drafts, reports).ConfigureAwait(false);
        database.End(row.StudyInstanceUid, row.Revision);
        logger.Analysed(
            row.StudyInstanceUid,
            row.Revision,
            FindingJson.Name(finding.Disposition),
            Answer(finding),
            finding.Series.Sum(series => series.AnalysedSliceCount),
            time.GetElapsedTime(began).TotalSeconds);
    }

    private async Task SaveAsync(RevisionRow row, Finding finding, IReadOnlyList<ReportDraft> drafts, IReadOnlyList<ReportRow> reports)
    {
        var now = time.GetUtcNow();
        var json = drafts.Single(draft => draft.Kind == ReportKinds.Finding);
        await findings.SaveAsync(
            new FindingRow
            {
                StudyInstanceUid = row.StudyInstanceUid,
                Revision = row.Revision,
                Disposition = FindingJson.Name(finding.Disposition),
                ReasonCode = finding.Reason?.Code,
                Class = finding.Class?.Label(),
                Json = System.Text.Encoding.UTF8.GetString(json.Bytes.Span),
                Created = now,
            },
            reports,
            [
                .. from destination in destinations.All
                   from draft in drafts
                   where destination.Kinds.Contains(ReportKinds.Unnumbered(draft.Kind))
                   select new DeliveryRow
                   {
                       StudyInstanceUid = row.StudyInstanceUid,
                       Revision = row.Revision,
                       Destination = destination.Name,
                       Kind = draft.Kind,
                       NextAttempt = now,
                       Changed = now,
                   },
            ],
            CancellationToken.None).ConfigureAwait(false);
    }

    private static string Answer(Finding finding) =>
        finding.Class is { } answer
            ? string.Create(CultureInfo.InvariantCulture, $"{answer.Label()} {finding.Probabilities[(int)answer]:P0}")
            : $"{finding.Reason?.Code}: {finding.Reason?.Meaning} {finding.Reason?.Detail}".TrimEnd();
}
