using BrainTumorDicom.Service.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BrainTumorDicom.Service.Models;

/// <summary>Looks at the pointer of the <see cref="ModelStore"/> from time to time, and has the model changed when it names another.</summary>
/// <remarks>Polled, because notifications of changed files are lost on network drives and on full queues, and nobody waits for a model.</remarks>
internal sealed class ModelWatcher(LiveModel model, ModelStore store, IOptions<ModelOptions> options, TimeProvider time, ILogger<ModelWatcher> logger) : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private (string Package, DateTime Written) seen;
    private Task run = Task.CompletedTask;

    /// <summary>Begins to look, unless the model is given by configuration.</summary>
    public void Start()
    {
        if (model.Follows)
        {
            seen = (model.Package, Written());
            run = RunAsync();
        }
    }

    /// <summary>Looks once.</summary>
    public void Look()
    {
        var now = (Package: store.Current, Written: Written());
        if (now == seen)
        {
            return;
        }

        // One try for one promotion: a package that cannot be taken is not loaded again every few seconds.
        seen = now;
        if (now.Package == model.Package)
        {
            return;
        }

        if (model.Switch(now.Package, time.GetUtcNow()) is { } refusal)
        {
            logger.Refused(refusal.Package, refusal.Reason, model.Identity.Name, model.Identity.Version);
        }
        else
        {
            logger.Switched(model.Identity.Name, model.Identity.Version, model.Identity.Sha256, model.Package);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        await run.ConfigureAwait(false);
        stopping.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(options.Value.PollInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping.Token).ConfigureAwait(false))
            {
                TryLook();
            }
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
    }

    private void TryLook()
    {
        try
        {
            Look();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The pointer cannot be read just now; the model in use stays.
            logger.PointerUnreadable(error.Message);
        }
    }

    private DateTime Written() => File.GetLastWriteTimeUtc(store.PointerFile);
}
