namespace BrainTumorDicom.Classification.Findings;

/// <summary>The four classes of the model, in the order of its outputs (alphabetical, as the class folders of a training set are named).</summary>
public enum TumorClass
{
    /// <summary>Glioma.</summary>
    Glioma,

    /// <summary>Meningioma.</summary>
    Meningioma,

    /// <summary>None of the three target tumours. It does not exclude other disease.</summary>
    NoTumor,

    /// <summary>Pituitary tumour.</summary>
    Pituitary,
}
