using BrainTumorDicom.Service.Ledger;

namespace BrainTumorDicom.Service.Web.Deliveries;

/// <summary>One delivery in <c>/api/deliveries</c>. UIDs only, never patient attributes.</summary>
/// <param name="Id">What it is released by.</param>
/// <param name="Study">Study Instance UID.</param>
/// <param name="Delivery">How far it is.</param>
/// <param name="Changed">When that last changed.</param>
internal sealed record DeliveryListEntry(long Id, string Study, StudyEntry.DeliveryEntry Delivery, DateTimeOffset Changed)
{
    /// <summary>As the ledger has it.</summary>
    public static DeliveryListEntry Of(DeliveryRow row) => new(row.Id, row.StudyInstanceUid, StudyList.Delivery(row), row.Changed);
}
