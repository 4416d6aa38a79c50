using BrainTumorDicom.Dicom.Dimse;

namespace BrainTumorDicom.Service.Receive;

/// <summary>Asks an archive what it has of a study.</summary>
internal interface IStudySource
{
    /// <summary>How many SOP Instance UIDs the archive has, without our own reports.</summary>
    /// <param name="source">Its query SCP.</param>
    /// <param name="study">What is here.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Dicom.DicomException">It refuses, aborts, or answers what cannot be read.</exception>
    /// <exception cref="IOException">It is not reached, or does not answer.</exception>
    public Task<int> CountAsync(DicomAddress source, ReceivedStudy study, CancellationToken cancellationToken);
}
