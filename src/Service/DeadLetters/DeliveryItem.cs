namespace BrainTumorDicom.Service.DeadLetters;

/// <summary>One delivery as the command line lists it.</summary>
/// <param name="Id">What it is released by.</param>
/// <param name="Study">Study Instance UID.</param>
/// <param name="Revision">Revision of the study.</param>
/// <param name="Kind">Which object.</param>
/// <param name="Destination">Where to.</param>
/// <param name="State"><c>pending</c>, <c>delivered</c> or <c>failed</c>.</param>
/// <param name="Commitment">How far its storage commitment is, or <see langword="null"/> where it is not asked for.</param>
/// <param name="Attempts">Attempts made.</param>
/// <param name="Error">What went wrong last, or <see langword="null"/>.</param>
/// <param name="Changed">When that last changed.</param>
public sealed record DeliveryItem(
    long Id, string Study, int Revision, string Kind, string Destination, string State, string? Commitment, int Attempts, string? Error, DateTimeOffset Changed);
