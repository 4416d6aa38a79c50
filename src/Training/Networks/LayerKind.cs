namespace BrainTumorDicom.Training.Networks;

/// <summary>The kinds of layers that have parameters.</summary>
internal enum LayerKind
{
    /// <summary>Kernels [O,C/groups,k,k], and a bias [O] in some networks.</summary>
    Convolution,

    /// <summary>Scale and shift [C]; means and variances [C] among the statistics.</summary>
    Normalization,

    /// <summary>Weights [O,F] and bias [O].</summary>
    Dense,
}
