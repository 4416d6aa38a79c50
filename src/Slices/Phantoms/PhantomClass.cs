namespace BrainTumorDicom.Slices.Phantoms;

/// <summary>What a phantom shows, in the order of the model's outputs.</summary>
public enum PhantomClass
{
    /// <summary>A ring-enhancing mass inside the brain, with a dark core and oedema.</summary>
    Glioma,

    /// <summary>A homogeneous mass outside the brain on a broad base of dura, with a dural tail.</summary>
    Meningioma,

    /// <summary>A head without a mass.</summary>
    NoTumor,

    /// <summary>A bright mass in and above the sella, in the midline of the skull base.</summary>
    Pituitary,
}
