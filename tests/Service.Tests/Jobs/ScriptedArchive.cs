using System.Collections.Concurrent;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.StorageCommitment;
using BrainTumorDicom.Dicom.UpperLayer;
using BrainTumorDicom.Reports;
using BrainTumorDicom.Service.Deliver;

namespace BrainTumorDicom.Service.Tests.Jobs;

/// <summary>A destination that takes every report and is asked to commit to it.</summary>
internal sealed class ScriptedArchive(string name) : ICommittingDestination
{
    private static readonly SopReference Instance = new("1.2.840.10008.5.1.4.1.1.88.34", "2.25.42");
    private int deliveries;

    public string Name { get; } = name;

    public IReadOnlyList<string> Kinds { get; init; } = [ReportKinds.Fhir];

    public int Deliveries => deliveries;

    /// <summary>Every transaction that it was asked with.</summary>
    public ConcurrentQueue<string> Transactions { get; } = new();

    /// <summary>What it does when asked; by default it stays silent.</summary>
    public Func<DicomUid, EventReportService, Task<string?>> Asked { get; set; } = (_, _) => Task.FromResult<string?>(null);

    /// <summary>The answer to a transaction, as an archive sends it.</summary>
    public static async Task<DimseStatus> AnswerAsync(EventReportService reports, string transaction, int? failure = null, string instance = "2.25.42")
    {
        var item = new DicomDataset();
        item.Set(DicomTag.ReferencedSOPClassUID, Instance.SopClassUid);
        item.Set(DicomTag.ReferencedSOPInstanceUID, instance);
        if (failure is { } reason)
        {
            item.Set(DicomTag.FailureReason, reason);
        }

        var information = new DicomDataset();
        information.Set(DicomTag.TransactionUID, transaction);
        information.SetSequence(failure is null ? DicomTag.ReferencedSOPSequence : DicomTag.FailedSOPSequence, item);
        var report = new EventReport(
            new AeTitle("ARCHIVE"),
            DicomUid.StorageCommitmentPushModel.Value,
            DicomUid.StorageCommitmentPushModelInstance.Value,
            (ushort)(failure is null ? 1 : 2),
            information);
        return (await reports.TakeAsync(report, TestContext.Current.CancellationToken)).Status;
    }

    public Task<DeliveryOutcome> DeliverAsync(string kind, string reportFolder, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref deliveries);
        return Task.FromResult<DeliveryOutcome>(new DeliveryOutcome.Delivered("", Instance));
    }

    public async Task<string?> RequestCommitmentAsync(
        SopReference instance, DicomUid transaction, EventReportService reports, Task answered, CancellationToken cancellationToken)
    {
        Assert.Equal(Instance, instance);
        Transactions.Enqueue(transaction.Value);
        return await Asked(transaction, reports);
    }
}
