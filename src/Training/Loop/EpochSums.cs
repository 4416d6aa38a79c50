namespace BrainTumorDicom.Training.Loop;

/// <summary>What has been added up of an epoch so far.</summary>
/// <param name="Loss">Sum of the batches' losses.</param>
/// <param name="Steps">Batches.</param>
/// <param name="Right">Slices answered rightly as they were shown.</param>
internal readonly record struct EpochSums(double Loss, int Steps, int Right)
{
    /// <summary>With one batch more.</summary>
    public EpochSums With(float loss, int right) => new(Loss + loss, Steps + 1, Right + right);
}
