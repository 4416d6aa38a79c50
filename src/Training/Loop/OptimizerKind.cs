namespace BrainTumorDicom.Training.Loop;

/// <summary>How gradients become steps.</summary>
public enum OptimizerKind
{
    /// <summary>Weight decay apart from the gradient (Loshchilov and Hutter, 2019).</summary>
    AdamW,

    /// <summary>Weight decay as part of the gradient (Kingma and Ba, 2015, with an L2 penalty).</summary>
    Adam,
}
