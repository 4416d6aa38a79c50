using System.Net;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.UpperLayer;
using BrainTumorDicom.Service.Hosting;
using BrainTumorDicom.Service.Journal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BrainTumorDicom.Service.Web.Stow;

/// <summary>
/// What all STOW-RS requests have in common: limits, and whether the receiving half of the service takes anything now. Each request is
/// to it what an association is: its end says that the sender has sent what it had.
/// </summary>
internal sealed class StowReceiver(IOptions<HttpOptions> http, IOptions<DicomOptions> dicom, TimeProvider time, ILogger<StowReceiver> logger) : IDisposable
{
    private readonly Lock gate = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly StoragePolicy storage = new(dicom.Value.ToServerOptions());
    private Func<IAssociationHandler>? accept;
    private FreeSpace? space;
    private TaskCompletionSource? idle;
    private int running;
    private int last;

    /// <summary>The limits of the DIMSE side.</summary>
    public DicomServerOptions Limits { get; } = dicom.Value.ToServerOptions();

    /// <summary>The limits of the HTTP side.</summary>
    public HttpOptions Options => http.Value;

    /// <summary>Memory of all data sets under way.</summary>
    public MemoryBudget Budget { get; } = new(http.Value.StowMaximumMemoryBytes);

    /// <summary>The clock.</summary>
    public TimeProvider Time => time;

    /// <summary>For the log.</summary>
    public ILogger Logger => logger;

    /// <summary>The service stops and the time to finish is over.</summary>
    public CancellationToken Stopping => stopping.Token;

    /// <summary>Whether instances of a SOP class are taken, as by C-STORE.</summary>
    public bool AcceptsClass(string sopClassUid) => sopClassUid != DicomUid.Verification.Value && storage.Takes(sopClassUid);

    /// <summary>Whether instances in a transfer syntax are taken, as by C-STORE.</summary>
    public bool AcceptsSyntax(string sopClassUid, string transferSyntaxUid) => storage.Choose(sopClassUid, [transferSyntaxUid]) is not null;

    /// <summary>Takes requests from now on.</summary>
    /// <param name="createHandler">Makes the handler of a request.</param>
    /// <param name="freeSpace">Whether the disk has room.</param>
    public void Open(Func<IAssociationHandler> createHandler, FreeSpace freeSpace)
    {
        lock (gate)
        {
            accept = createHandler;
            space = freeSpace;
        }
    }

    /// <summary>Begins a request, which must be ended with <see cref="Leave"/>.</summary>
    /// <returns>The session, or why there can be none now.</returns>
    public (StowSession? Session, string Reason) TryBegin(IPEndPoint remote, string studyInstanceUid)
    {
        lock (gate)
        {
            if (accept is null)
            {
                return (null, "the service is starting or stopping");
            }

            if (running >= http.Value.StowMaximumRequests)
            {
                return (null, "too many requests at once");
            }

            if (!space!.IsEnoughFor(0))
            {
                return (null, "the disk is full");
            }

            running++;

            // Associations count up from 1, requests down from -1: neither takes the other's number.
            return (new StowSession(this, accept(), --last, remote, studyInstanceUid), "");
        }
    }

    /// <summary>A request has ended.</summary>
    public void Leave()
    {
        lock (gate)
        {
            if (--running == 0)
            {
                idle?.TrySetResult();
            }
        }
    }

    /// <summary>Takes no new requests, lets the running ones go on for the grace of the DIMSE side, then breaks them off.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        Task ended;
        lock (gate)
        {
            accept = null;
            idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (running == 0)
            {
                idle.TrySetResult();
            }

            ended = idle.Task;
        }

        try
        {
            await ended.WaitAsync(Limits.StopGrace, time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            await stopping.CancelAsync().ConfigureAwait(false);
            await ended.ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => stopping.Dispose();

    /// <summary>The title that requests are filed under.</summary>
    public AeTitle CallingAe { get; } = new(http.Value.StowAeTitle);
}
