using System.Threading.Channels;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Service.Receive;

namespace BrainTumorDicom.Service.Tests.Receive;

/// <summary>An archive that answers as told.</summary>
internal sealed class ScriptedSource : IStudySource
{
    private readonly Channel<string> asked = Channel.CreateUnbounded<string>();

    /// <summary>Answers; by default it has nothing.</summary>
    public Func<DicomAddress, CancellationToken, Task<int>> Answer { get; set; } = (_, _) => Task.FromResult(0);

    public async Task<int> CountAsync(DicomAddress source, ReceivedStudy study, CancellationToken cancellationToken)
    {
        asked.Writer.TryWrite(study.StudyInstanceUid);
        return await Answer(source, cancellationToken);
    }

    /// <summary>Completes when it has been asked once more.</summary>
    public Task AskedAsync() => asked.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(20));
}
