using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Service.Ledger;
using BrainTumorDicom.Service.Shadow;

namespace BrainTumorDicom.Service.Tests.Shadow;

/// <summary>Abstains from every study, or does what it is told.</summary>
internal sealed class ScriptedShadow : IShadowReporter
{
    /// <summary>Empty for no shadow.</summary>
    public string Sha256 { get; set; } = "";

    /// <summary>Played before each answer.</summary>
    public Action Analysis { get; set; } = () => { };

    public Finding Analyze(RevisionRow revision, IReadOnlyList<InstanceRow> instances, CancellationToken cancellationToken)
    {
        Analysis();
        return new Finding(
            revision.StudyInstanceUid, Disposition.Abstained, ReasonCodes.LowConfidence, null, [], null, [], true, "", DateTimeOffset.UnixEpoch,
            new ModelIdentity("shadow", "2", "us", Sha256, 1, 0.8, "CPU"));
    }
}
