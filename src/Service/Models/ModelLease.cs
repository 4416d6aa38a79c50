using BrainTumorDicom.Classification.Execution;

namespace BrainTumorDicom.Service.Models;

/// <summary>The model of one study, held until the study's analysis has ended, whatever is promoted meanwhile.</summary>
internal sealed class ModelLease : IDisposable
{
    private LoadedModel? model;

    internal ModelLease(LoadedModel model)
    {
        this.model = model;
        Classifier = model.Classifier;
    }

    /// <summary>The model.</summary>
    public Classifier Classifier { get; }

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref model, null)?.Release();
}
