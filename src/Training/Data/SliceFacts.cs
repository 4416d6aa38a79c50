namespace BrainTumorDicom.Training.Data;

/// <summary>What is known of a slice besides its pixels, to sort slices into sub-groups and to find copies.</summary>
/// <param name="Rows">Rows as stored.</param>
/// <param name="Columns">Columns as stored.</param>
/// <param name="Plane">Guessed from the picture (<see cref="PlaneGuess"/>).</param>
/// <param name="Encoding">How the file stores it.</param>
/// <param name="Fingerprint">For copies and near copies.</param>
internal sealed record SliceFacts(int Rows, int Columns, SlicePlane Plane, SliceEncoding Encoding, SliceFingerprint Fingerprint);
