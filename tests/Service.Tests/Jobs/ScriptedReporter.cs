using System.Collections.Concurrent;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Reports.Json;
using BrainTumorDicom.Reports;
using BrainTumorDicom.Service.Jobs;
using BrainTumorDicom.Service.Ledger;

namespace BrainTumorDicom.Service.Tests.Jobs;

/// <summary>Refuses every study, after playing what it was told.</summary>
internal sealed class ScriptedReporter : IStudyReporter
{
    /// <summary>Played once each at the begin of an analysis.</summary>
    public ConcurrentQueue<Action<CancellationToken>> Analyses { get; } = new();

    /// <summary>Every analysis: study and revision.</summary>
    public ConcurrentQueue<string> Begun { get; } = new();

    public Finding Analyze(RevisionRow revision, IReadOnlyList<InstanceRow> instances, CancellationToken cancellationToken)
    {
        Begun.Enqueue($"{revision.StudyInstanceUid}/{revision.Revision}");
        if (Analyses.TryDequeue(out var analysis))
        {
            analysis(cancellationToken);
        }

        return Finding(revision, Disposition.Refused, new FindingReason("NOT-MR", "The series is not MR."));
    }

    public Finding Fail(RevisionRow revision, FindingReason reason) => Finding(revision, Disposition.Error, reason);

    public IReadOnlyList<ReportDraft> Write(RevisionRow revision, IReadOnlyList<InstanceRow> instances, Finding finding, FindingRow? predecessor) =>
    [
        new(ReportKinds.Finding, "1.2", ReportKinds.FindingFile, FindingJson.WriteStudy(finding, revision.Revision)),
        new(ReportKinds.Fhir, "1.3", ReportKinds.FhirFile, System.Text.Encoding.UTF8.GetBytes($$"""{"instances":{{instances.Count}},"predecessor":{{(predecessor?.Revision ?? 0)}}}""")),
    ];

    private static Finding Finding(RevisionRow revision, Disposition disposition, FindingReason reason) => new(
        revision.StudyInstanceUid, disposition, reason, null, [], null, [], true, "", DateTimeOffset.UnixEpoch, new ModelIdentity("m", "1", "us", "00", 1, 0.8, "CPU"));
}
