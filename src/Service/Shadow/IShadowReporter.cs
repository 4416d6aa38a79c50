using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Service.Ledger;

namespace BrainTumorDicom.Service.Shadow;

/// <summary>The model in the shadow of the one in use.</summary>
internal interface IShadowReporter
{
    /// <summary>SHA-256 of its weights; empty when there is none.</summary>
    public string Sha256 { get; }

    /// <summary>What it says of a revision.</summary>
    public Finding Analyze(RevisionRow revision, IReadOnlyList<InstanceRow> instances, CancellationToken cancellationToken);
}
