namespace BrainTumorDicom.Service.Models;

/// <summary>One entry of the history of models.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">What was done.</param>
/// <param name="Package">Digest of the package in use from then on; empty for the one that came with the program.</param>
/// <param name="Previous">Digest of the package in use before; empty for the one that came with the program.</param>
/// <param name="Name">Name of the model in use from then on.</param>
/// <param name="Version">Its version.</param>
/// <param name="Sha256">SHA-256 of its weights, as reports and findings name it.</param>
/// <param name="Reason">Why the comparison was passed over; else empty.</param>
/// <param name="Comparison">What the comparison with the model before it found; else empty.</param>
/// <param name="FrozenSet">What it was measured on; else empty.</param>
/// <param name="GroupsFile">The groups of that set; else empty.</param>
public sealed record ModelChange(
    DateTimeOffset At,
    ModelChangeKind Kind,
    string Package,
    string Previous,
    string Name,
    string Version,
    string Sha256,
    string Reason,
    string Comparison,
    string FrozenSet,
    string GroupsFile);
