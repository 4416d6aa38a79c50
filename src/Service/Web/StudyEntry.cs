namespace BrainTumorDicom.Service.Web;

/// <summary>One study in <c>/api/studies</c>. UIDs only, never patient attributes.</summary>
internal sealed record StudyEntry(
    string Study,
    DateTimeOffset FirstReceived,
    DateTimeOffset LastReceived,
    int Series,
    int Instances,
    string? Interruption,
    int Revision,
    string? Disposition,
    string? Class,
    string? Reason,
    IReadOnlyList<StudyEntry.DeliveryEntry> Deliveries)
{
    /// <summary>One report on its way: <paramref name="State"/> is <c>pending</c>, <c>delivered</c> or <c>failed</c>;
    /// <paramref name="Commitment"/> is <c>wanted</c>, <c>requested</c>, <c>committed</c>, <c>failed</c>, or nothing where it is not asked for.</summary>
    internal sealed record DeliveryEntry(
        int Revision, string Destination, string Kind, string State, int Attempts, DateTimeOffset? NextAttempt, string? Error, string? Commitment);
}
