using System.Globalization;
using BrainTumorDicom.Dicom;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Service.Ledger;
using Microsoft.Extensions.Logging;

namespace BrainTumorDicom.Service.Receive;

/// <summary>Compares what is here of a study with what its senders have, where they can be asked.</summary>
internal sealed class SourceCheck(StudyLedger studies, IStudySource source, ReceiveOptions options, TimeProvider time, ILogger logger)
{
    private readonly ILookup<string, DicomAddress> addresses =
        options.Sources.ToLookup(one => one.CallingAe, one => DicomAddress.Parse(one.Address), StringComparer.Ordinal);

    /// <summary>Whether any sender can be asked.</summary>
    public bool IsConfigured => addresses.Count > 0;

    /// <summary>What is missing, for people; empty where nothing is, or nobody answers in time.</summary>
    public async Task<string> FindShortfallAsync(string studyInstanceUid, CancellationToken cancellationToken)
    {
        var study = await studies.ReceivedAsync(studyInstanceUid).ConfigureAwait(false);
        var held = 0;
        foreach (var address in study.CallingAes.SelectMany(calling => addresses[calling]).Distinct())
        {
            held = Math.Max(held, await AskAsync(address, study, cancellationToken).ConfigureAwait(false));
        }

        return held > study.InstanceCount
            ? string.Create(CultureInfo.InvariantCulture, $"Processed {study.InstanceCount} of {held} instances of the source.")
            : "";
    }

    /// <summary>0 where it does not answer: a source that fails holds up no study.</summary>
    private async Task<int> AskAsync(DicomAddress address, ReceivedStudy study, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.SourceTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await source.CountAsync(address, study, either.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is DicomException or IOException)
        {
            logger.SourceSilent(study.StudyInstanceUid, address.ToString(), error.Message);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            logger.SourceSilent(study.StudyInstanceUid, address.ToString(), string.Create(CultureInfo.InvariantCulture, $"no answer within {options.SourceTimeout.TotalSeconds:0.#} s"));
        }

        return 0;
    }
}
