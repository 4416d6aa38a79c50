using System.Collections.Frozen;
using BrainTumorDicom.Dicom;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.UpperLayer;
using BrainTumorDicom.Reports;

namespace BrainTumorDicom.Service.Receive;

/// <summary>Asks by C-FIND in the Study Root model (PS3.4 §C.6.2), no deeper than needed: the study, its series, their instances.</summary>
internal sealed class FindStudySource(AeTitle callingAe, TimeSpan timeout) : IStudySource
{
    private const int MostSeries = 1_000;
    private const int MostInstances = 100_000;

    private static readonly FrozenSet<string> OwnModalities = ReportSeries.All.Select(kind => kind.Modality).ToFrozenSet(StringComparer.Ordinal);

    private static readonly DicomUid Model = DicomUid.StudyRootQueryRetrieveInformationModelFind;

    /// <inheritdoc/>
    public async Task<int> CountAsync(DicomAddress source, ReceivedStudy study, CancellationToken cancellationToken)
    {
        var client = await DicomClient.ConnectAsync(Options(source), cancellationToken).ConfigureAwait(false);
        await using (client.ConfigureAwait(false))
        {
            var count = await CountAsync(client, study, cancellationToken).ConfigureAwait(false);
            await client.ReleaseAsync(cancellationToken).ConfigureAwait(false);
            return count;
        }
    }

    private DicomClientOptions Options(DicomAddress source) => new()
    {
        Host = source.Host,
        Port = source.Port,
        CalledAe = source.AeTitle,
        CallingAe = callingAe,
        Contexts = [new PresentationContextProposal(Model.Value, [DicomUid.ExplicitVRLittleEndian.Value, DicomUid.ImplicitVRLittleEndian.Value])],
        ConnectTimeout = timeout,
        ResponseTimeout = timeout,
    };

    private static async Task<int> CountAsync(DicomClient client, ReceivedStudy study, CancellationToken cancellationToken)
    {
        var keys = Keys("STUDY", study.StudyInstanceUid, DicomTag.NumberOfStudyRelatedInstances);
        var studies = await FindAsync(client, keys, 1, cancellationToken).ConfigureAwait(false);
        if (studies.Count == 0)
        {
            return 0;
        }

        // The number may count our own reports, so only one that is low enough ends the question.
        if (studies[0].GetInt32(DicomTag.NumberOfStudyRelatedInstances) is { } number && number <= study.InstanceCount)
        {
            return number;
        }

        var count = 0;
        keys = Keys("SERIES", study.StudyInstanceUid, DicomTag.SeriesInstanceUID, DicomTag.Modality, DicomTag.NumberOfSeriesRelatedInstances);
        foreach (var series in await FindAsync(client, keys, MostSeries, cancellationToken).ConfigureAwait(false))
        {
            // Our reports are told from others by their UIDs.
            var mayBeOurs = study.OwnReports.Count > 0 && (series.GetString(DicomTag.Modality) is not { } modality || OwnModalities.Contains(modality));
            count += !mayBeOurs && series.GetInt32(DicomTag.NumberOfSeriesRelatedInstances) is { } inSeries
                ? inSeries
                : await CountInstancesAsync(client, study, series.GetString(DicomTag.SeriesInstanceUID) ?? "", cancellationToken).ConfigureAwait(false);
        }

        return count;
    }

    private static async Task<int> CountInstancesAsync(DicomClient client, ReceivedStudy study, string series, CancellationToken cancellationToken)
    {
        var keys = Keys("IMAGE", study.StudyInstanceUid, DicomTag.SOPInstanceUID);
        keys.Set(DicomTag.SeriesInstanceUID, series);
        var instances = await FindAsync(client, keys, MostInstances, cancellationToken).ConfigureAwait(false);
        return instances.Select(instance => instance.GetString(DicomTag.SOPInstanceUID)).Distinct().Count(uid => uid is not null && !study.OwnReports.Contains(uid));
    }

    private static async Task<IReadOnlyList<DicomDataset>> FindAsync(DicomClient client, DicomDataset keys, int most, CancellationToken cancellationToken)
    {
        var result = await client.FindAsync(Model, keys, most, cancellationToken).ConfigureAwait(false);
        return result.Status.IsSuccess ? result.Matches
            : result.IsTruncated ? throw new DicomException($"more than {most} matches at level {keys.GetString(DicomTag.QueryRetrieveLevel)}.")
            : throw new DicomException($"C-FIND status {result.Status} {result.ErrorComment}".TrimEnd() + ".");
    }

    private static DicomDataset Keys(string level, string study, params DicomTag[] asked)
    {
        var keys = new DicomDataset();
        keys.Set(DicomTag.QueryRetrieveLevel, level);
        keys.Set(DicomTag.StudyInstanceUID, study);
        foreach (var tag in asked)
        {
            keys.SetEmpty(tag);
        }

        return keys;
    }
}
