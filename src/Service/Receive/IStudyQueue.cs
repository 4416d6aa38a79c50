namespace BrainTumorDicom.Service.Receive;

/// <summary>Where a study goes once it is ready for analysis.</summary>
internal interface IStudyQueue
{
    /// <summary>
    /// Sees to it that the revision is analysed and reported. Called again for the same revision after a restart, or when a call failed:
    /// a second call changes nothing.
    /// </summary>
    public Task EnqueueAsync(string studyInstanceUid, int revision, CancellationToken cancellationToken);
}
