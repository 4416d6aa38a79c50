using System.Buffers;
using System.Collections.Concurrent;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Dicom.UpperLayer;

namespace BrainTumorDicom.Cli;

/// <summary>The demo's archive: keeps the reports that come back by C-STORE, as files and by study.</summary>
internal sealed class DemoInbox(string folder) : IAssociationHandler
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> studies = new();

    /// <summary>The file of the first report of a study, once it is here.</summary>
    public Task<string> ReportAsync(string studyInstanceUid) => Report(studyInstanceUid).Task;

    /// <inheritdoc/>
    public ValueTask<StoreResponse> StoreAsync(StoreRequest request, CancellationToken cancellationToken)
    {
        var syntax = DicomTransferSyntax.Find(request.TransferSyntaxUid) ?? throw new InvalidOperationException($"transfer syntax {request.TransferSyntaxUid} was not accepted");
        var dataset = DicomDatasetReader.Read(request.DataSet.ToArray(), syntax);
        var path = Path.Combine(folder, $"{request.SopInstanceUid}.dcm");
        new DicomFile(dataset, syntax).Write(path);
        Report(dataset.GetString(DicomTag.StudyInstanceUID) ?? "").TrySetResult(path);
        return ValueTask.FromResult(new StoreResponse(DimseStatus.Success));
    }

    /// <inheritdoc/>
    public ValueTask EndedAsync(AssociationEnd end) => ValueTask.CompletedTask;

    private TaskCompletionSource<string> Report(string study) =>
        studies.GetOrAdd(study, _ => new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously));
}
