using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace BrainTumorDicom.Training.Data;

/// <summary>Augments batches on background threads while the network works on earlier ones.</summary>
/// <param name="samples">What is trained on.</param>
/// <param name="augmenter">How.</param>
/// <param name="seed">The training's seed.</param>
/// <param name="batch">Slices a batch.</param>
/// <param name="threads">How many slices are augmented at a time.</param>
internal sealed class BatchFeeder(IReadOnlyList<Sample> samples, Augmenter augmenter, int seed, int batch, int threads)
{
    private const int BatchesAhead = 4;

    /// <summary>The batches of an epoch from <paramref name="firstStep"/> on.</summary>
    /// <param name="order">The epoch's slices (<see cref="EpochPlan.Order"/>).</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="firstStep">Batches already done.</param>
    /// <param name="cancellationToken">Stops the feeding.</param>
    public async IAsyncEnumerable<SliceBatch> Feed(
        int[] order, int epoch, int firstStep, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<SliceBatch>(new BoundedChannelOptions(BatchesAhead) { SingleReader = true, SingleWriter = true });
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var filling = Task.Run(() => FillAsync(channel.Writer, order, epoch, firstStep, stopped.Token), CancellationToken.None);
        try
        {
            await foreach (var made in channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return made;
            }
        }
        finally
        {
            // Whoever stops reading early must not leave the filling behind, waiting for room.
            await stopped.CancelAsync().ConfigureAwait(false);
            await filling.ConfigureAwait(false);
        }
    }

    private async Task FillAsync(ChannelWriter<SliceBatch> writer, int[] order, int epoch, int firstStep, CancellationToken cancellationToken)
    {
        try
        {
            for (var first = firstStep * batch; first < order.Length; first += batch)
            {
                await writer.WriteAsync(Make(order, epoch, first), cancellationToken).ConfigureAwait(false);
            }

            writer.Complete();
        }
        catch (Exception error) when (error is OperationCanceledException or AggregateException)
        {
            // The reader sees it as the end of its enumeration.
            writer.Complete(error);
        }
    }

    private SliceBatch Make(int[] order, int epoch, int first)
    {
        var pixels = augmenter.Size * augmenter.Size;
        var made = new SliceBatch(new float[batch * pixels], new long[batch]);
        Parallel.For(0, batch, new ParallelOptions { MaxDegreeOfParallelism = threads }, i =>
        {
            var sample = samples[order[first + i]];
            // The stream belongs to the place in the training, not to the thread.
            var random = new SeededRandom(seed, stream: (1UL << 60) + ((ulong)epoch << 32) + (ulong)(first + i));
            made.Labels[i] = (long)augmenter.Apply(sample, ref random, made.Inputs.AsSpan(i * pixels, pixels));
        });
        return made;
    }
}
