namespace BrainTumorDicom.Service.Deliver;

/// <summary>The destinations as configured.</summary>
internal sealed class DestinationList(IEnumerable<IDestination> destinations)
{
    /// <summary>Every destination, once.</summary>
    public IReadOnlyList<IDestination> All { get; } = [.. destinations.DistinctBy(destination => destination.Name)];

    /// <summary>The one the ledger calls <paramref name="name"/>, or <see langword="null"/> when it is no longer configured.</summary>
    public IDestination? Find(string name) => All.FirstOrDefault(destination => destination.Name == name);
}
