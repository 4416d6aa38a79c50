using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace BrainTumorDicom.Training.Data;

/// <summary>Augments batches on background threads while the network works on earlier ones.</summary>
/// <param name="samples">What is trained on.</param>
/// <param name="maker">Makes the batches.</param>
/// <param name="batch">Slices a batch.</param>
internal sealed class BatchFeeder(IReadOnlyList<Sample> samples, BatchMaker maker, int batch)
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
                var slices = Array.ConvertAll(order[first..(first + batch)], index => samples[index]);
                await writer.WriteAsync(maker.Make(slices, epoch, first), cancellationToken).ConfigureAwait(false);
            }

            writer.Complete();
        }
        catch (Exception error) when (error is OperationCanceledException or AggregateException)
        {
            // The reader sees it as the end of its enumeration.
            writer.Complete(error);
        }
    }
}
