namespace BrainTumorDicom.Service.Ledger;

/// <summary>How far the delivery of one report to one destination is.</summary>
internal enum DeliveryState
{
    /// <summary>To be tried at the next attempt's time.</summary>
    Pending = 0,

    /// <summary>The destination has it.</summary>
    Delivered = 1,

    /// <summary>Given up.</summary>
    Failed = 2,
}
