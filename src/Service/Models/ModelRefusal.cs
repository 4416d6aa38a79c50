namespace BrainTumorDicom.Service.Models;

/// <summary>A package that was promoted and could not be taken.</summary>
/// <param name="At">When it was tried.</param>
/// <param name="Package">Its digest, as the pointer has it.</param>
/// <param name="Reason">Why.</param>
internal sealed record ModelRefusal(DateTimeOffset At, string Package, string Reason);
