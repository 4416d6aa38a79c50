using BrainTumorDicom.Training.Evaluation;

namespace BrainTumorDicom.Training.Promotion;

/// <summary>One figure of candidate and champion on the frozen set.</summary>
/// <param name="Name">Accuracy, or the recall of a class.</param>
/// <param name="Champion">Of the model in use.</param>
/// <param name="Candidate">Of the candidate.</param>
/// <param name="Difference">Candidate less champion, its 95 % interval by drawing whole groups, the same for both.</param>
public sealed record PromotionFigure(string Name, double Champion, double Candidate, Interval Difference)
{
    /// <summary>Whether the candidate is worse by more than chance: the whole interval lies below 0.</summary>
    public bool IsWorse => Difference.High < 0;
}
