namespace BrainTumorDicom.Classification.Findings;

/// <summary>How the analysis of a series or study ended. Each accepted study ends in exactly one of these.</summary>
public enum Disposition
{
    /// <summary>One of the three target tumours was detected by the algorithm.</summary>
    TargetTumor,

    /// <summary>None of the three target tumours was detected by the algorithm.</summary>
    NoTargetTumor,

    /// <summary>The input was analysed, but the evidence does not carry an answer.</summary>
    Abstained,

    /// <summary>The input is not what the model was made for; it was not analysed.</summary>
    Refused,

    /// <summary>The analysis failed.</summary>
    Error,
}
