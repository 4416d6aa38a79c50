using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Service.Ledger;

namespace BrainTumorDicom.Service.Jobs;

/// <summary>What a revision's analysis computes; when it runs and what becomes of it is <see cref="StudyAnalysis"/>.</summary>
internal interface IStudyReporter
{
    /// <summary>Analyses the instances of a revision. Bad input is a finding, not an exception.</summary>
    public Finding Analyze(RevisionRow revision, IReadOnlyList<InstanceRow> instances, CancellationToken cancellationToken);

    /// <summary>The finding of a revision whose analysis failed too often.</summary>
    public Finding Fail(RevisionRow revision, FindingReason reason);

    /// <summary>Writes the reports of a finding. The same arguments give the same UIDs.</summary>
    /// <param name="revision">The revision.</param>
    /// <param name="instances">Its instances; none of them need be readable.</param>
    /// <param name="finding">What to report.</param>
    /// <param name="predecessor">The finding reported of the study before, which this report follows on, or <see langword="null"/>.</param>
    public IReadOnlyList<ReportDraft> Write(RevisionRow revision, IReadOnlyList<InstanceRow> instances, Finding finding, FindingRow? predecessor);
}
