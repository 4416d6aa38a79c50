using System.Collections.Concurrent;
using BrainTumorDicom.Dicom;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.UpperLayer;

namespace BrainTumorDicom.Cli;

/// <summary>Sends files over several associations and tells of each how it went.</summary>
internal sealed class SendRun(DicomAddress peer, AeTitle calling, TlsClientOptions? tls, int associations, Action<SendItem, string, string?> report)
{
    /// <summary>Each pair of SOP class and transfer syntax may need two of the 128 contexts of an association (PS3.8 §9.3.2.2): its own and a native one to fall back to.</summary>
    private const int PairsPerAssociation = 64;

    private static readonly string[] Native =
    [
        DicomUid.ExplicitVRLittleEndian.Value, DicomUid.ImplicitVRLittleEndian.Value, DicomUid.ExplicitVRBigEndian.Value, DicomUid.DeflatedExplicitVRLittleEndian.Value,
    ];

    private int workers;

    internal async Task SendAsync(IReadOnlyList<SendItem> items, CancellationToken cancellationToken)
    {
        foreach (var pairs in items.GroupBy(item => (item.SopClassUid, item.TransferSyntaxUid)).Chunk(PairsPerAssociation))
        {
            var proposals = Propose(pairs.Select(pair => pair.Key));
            var queue = new ConcurrentQueue<SendItem>(pairs.SelectMany(pair => pair));
            workers = Math.Min(associations, queue.Count);
            await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => WorkAsync(queue, proposals, cancellationToken))).ConfigureAwait(false);
        }
    }

    private static List<PresentationContextProposal> Propose(IEnumerable<(string SopClass, string Syntax)> pairs)
    {
        var proposals = new List<PresentationContextProposal>();
        foreach (var (sopClass, syntax) in pairs)
        {
            proposals.Add(new PresentationContextProposal(sopClass, [syntax]));
            if (Native.Contains(syntax))
            {
                proposals.Add(new PresentationContextProposal(sopClass, [.. Native.Take(3).Where(other => other != syntax)]));
            }
        }

        return proposals;
    }

    /// <summary>One association after the other, until nothing is left. A lost one costs the instance under way, for the fault may be the instance's.</summary>
    private async Task WorkAsync(ConcurrentQueue<SendItem> queue, List<PresentationContextProposal> proposals, CancellationToken cancellationToken)
    {
        while (!queue.IsEmpty)
        {
            DicomClient client;
            try
            {
                client = await ConnectAsync(proposals, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error) when (error is DicomException or IOException or InvalidDataException)
            {
                LeaveTo(queue, error.Message);
                return;
            }

            SendItem? current = null;
            try
            {
                await using (client.ConfigureAwait(false))
                {
                    while (queue.TryDequeue(out current))
                    {
                        await StoreAsync(client, current, cancellationToken).ConfigureAwait(false);
                    }

                    await client.ReleaseAsync(cancellationToken).ConfigureAwait(false);
                }
            }
            catch (Exception error) when (error is DicomException or IOException)
            {
                if (current is not null)
                {
                    report(current, "failed", error.Message);
                }
            }
        }

        Interlocked.Decrement(ref workers);
    }

    /// <summary>No association to be had: what is left is for those that have one. The last of them gives it up, instead of asking once for each.</summary>
    private void LeaveTo(ConcurrentQueue<SendItem> queue, string reason)
    {
        if (Interlocked.Decrement(ref workers) > 0)
        {
            return;
        }

        while (queue.TryDequeue(out var item))
        {
            report(item, "failed", reason);
        }
    }

    private Task<DicomClient> ConnectAsync(List<PresentationContextProposal> proposals, CancellationToken cancellationToken) => DicomClient.ConnectAsync(
        new DicomClientOptions { Host = peer.Host, Port = peer.Port, CalledAe = peer.AeTitle, CallingAe = calling, Tls = tls, Contexts = proposals }, cancellationToken);

    private async Task StoreAsync(DicomClient client, SendItem item, CancellationToken cancellationToken)
    {
        var syntax = client.Accepts(item.SopClassUid, item.TransferSyntaxUid) ? item.TransferSyntaxUid
            : Native.Contains(item.TransferSyntaxUid) ? Native.FirstOrDefault(other => client.Accepts(item.SopClassUid, other))
            : null;
        if (syntax is null)
        {
            report(item, "not accepted", $"the peer does not take {Name(item.SopClassUid)} in {Name(item.TransferSyntaxUid)}");
            return;
        }

        ReadOnlyMemory<byte> dataSet;
        try
        {
            dataSet = await item.ReadDataSetAsync(syntax, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is DicomFormatException or IOException or UnauthorizedAccessException)
        {
            report(item, "unreadable", error.Message);
            return;
        }

        var response = await client.StoreAsync(item.SopClassUid, item.SopInstanceUid, syntax, dataSet, cancellationToken).ConfigureAwait(false);
        report(item, response.Status.ToString(), response.ErrorComment);
    }

    private static string Name(string uid) => DicomUid.TryParse(uid, out var known) ? known.Name ?? uid : uid;
}
