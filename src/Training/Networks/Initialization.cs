namespace BrainTumorDicom.Training.Networks;

/// <summary>What a parameter holds before training.</summary>
internal enum Initialization
{
    /// <summary>All 0: shifts and biases.</summary>
    Zeros,

    /// <summary>All 1: the scales of normalisations.</summary>
    Ones,

    /// <summary>Normal with variance 2 / fan-in (He et al., 2015): kernels in front of a ReLU.</summary>
    He,

    /// <summary>Normal with standard deviation 0.01: the classifier.</summary>
    Small,
}
