using BrainTumorDicom.Classification.Analysis;
using BrainTumorDicom.Classification.Execution;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Classification.Model;
using BrainTumorDicom.Service.Hosting;
using BrainTumorDicom.Service.Ledger;
using BrainTumorDicom.Service.Receive;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BrainTumorDicom.Service.Shadow;

/// <summary>Runs the package of <see cref="ModelOptions.Shadow"/>, on one thread. A package that cannot be loaded is said once, and then there is no shadow.</summary>
internal sealed class ShadowReporter : IShadowReporter, IDisposable
{
    private readonly Classifier? classifier;
    private readonly InstanceStore store;
    private readonly TimeProvider time;

    /// <summary>Loads the model and runs it once.</summary>
    public ShadowReporter(IOptions<ModelOptions> options, InstanceStore store, TimeProvider time, ILogger<ShadowReporter> logger)
    {
        this.store = store;
        this.time = time;
        if (options.Value.Shadow.Length == 0)
        {
            return;
        }

        try
        {
            classifier = Classifier.Load(ModelPackage.Load(Path.GetFullPath(options.Value.Shadow)), options.Value.Device, threads: 1);
            logger.Loaded(classifier.Identity.Name, classifier.Identity.Version, classifier.Identity.Sha256);
        }
        catch (Exception error) when (error is InvalidDataException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            logger.NotLoaded(error.Message.ReplaceLineEndings(" "));
        }
    }

    /// <inheritdoc/>
    public string Sha256 => classifier?.Identity.Sha256 ?? "";

    /// <inheritdoc/>
    public Finding Analyze(RevisionRow revision, IReadOnlyList<InstanceRow> instances, CancellationToken cancellationToken) =>
        new StudyAnalyzer(classifier ?? throw new InvalidOperationException("There is no shadow model."), time).Analyze(
            revision.StudyInstanceUid, store.Sources(instances), revision.Complete, revision.IncompleteReason, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => classifier?.Dispose();
}
