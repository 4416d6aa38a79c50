using System.Threading.Channels;
using BrainTumorDicom.Service.Receive;

namespace BrainTumorDicom.Service.Tests.Receive;

/// <summary>Takes studies and remembers them.</summary>
internal sealed class RecordingQueue : IStudyQueue
{
    private readonly Channel<(string Study, int Revision)> all = Channel.CreateUnbounded<(string, int)>();

    /// <summary>How many of the next calls fail.</summary>
    public int Failures { get; set; }

    /// <summary>How many were taken and not yet looked at.</summary>
    public int Count => all.Reader.Count;

    public Task EnqueueAsync(string studyInstanceUid, int revision, CancellationToken cancellationToken)
    {
        if (Failures > 0)
        {
            Failures--;
            throw new InvalidOperationException("not now");
        }

        return all.Writer.WriteAsync((studyInstanceUid, revision), cancellationToken).AsTask();
    }

    public async Task<(string Study, int Revision)> NextAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        return await all.Reader.ReadAsync(limit.Token);
    }
}
