namespace BrainTumorDicom.Training.Data.Tumors;

/// <summary>Where a training slice shows its tumour.</summary>
/// <param name="Sample">The slice.</param>
/// <param name="Mask">[size × size] 255 where the tumour is, falling to 0 at its edge, in the view <see cref="Data.Sample.Source"/>.</param>
/// <param name="CenterX">Column of its centre of gravity.</param>
/// <param name="CenterY">Row of its centre of gravity.</param>
/// <param name="Radius">Of a disc of the same area.</param>
/// <param name="Around">Mean grey around it.</param>
/// <param name="Contrast">Mean grey in it less that around it.</param>
/// <param name="Spread">Standard deviation of the greys of the brain.</param>
/// <param name="Score">How sure the place is; comparable within a class.</param>
/// <param name="Symmetry">Of the slice.</param>
internal sealed record TumorPlace(
    Sample Sample, byte[] Mask, float CenterX, float CenterY, float Radius, float Around, float Contrast, float Spread, float Score, Symmetry Symmetry);
