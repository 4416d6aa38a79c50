namespace BrainTumorDicom.Slices.Phantoms;

/// <summary>The tissues of a phantom.</summary>
internal enum Tissue
{
    Air,
    Bone,
    Marrow,
    Fat,
    Skin,
    Muscle,
    Fluid,
    Gray,
    White,
    Vessel,
    Dura,
    Mucosa,
    Gland,
    Enhancing,
    Necrosis,
    Oedema,
    Meningioma,
    Adenoma,
}
