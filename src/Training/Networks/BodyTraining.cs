namespace BrainTumorDicom.Training.Networks;

/// <summary>How much of the network in front of the head is trained.</summary>
internal enum BodyTraining
{
    /// <summary>All of it; normalisation with the statistics of the batch.</summary>
    Full,

    /// <summary>Its parameters, but it normalises with the statistics that its weights came with: an exporter may have folded the scales away.</summary>
    KeepStatistics,

    /// <summary>Nothing: only the head learns.</summary>
    Frozen,
}
