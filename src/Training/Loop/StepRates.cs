namespace BrainTumorDicom.Training.Loop;

/// <summary>The numbers that change from step to step.</summary>
/// <param name="LearningRate">Learning rate of the step.</param>
/// <param name="WeightDecay">Weight decay: apart from the gradient (AdamW) times the learning rate, as part of it (Adam) as it is.</param>
/// <param name="AverageFraction">How far the averaged parameters move towards the new ones.</param>
/// <param name="StatisticsFraction">How far the running statistics move towards those of the batch.</param>
/// <param name="CoupledDecay">Whether weight decay is part of the gradient.</param>
internal readonly record struct StepRates(double LearningRate, double WeightDecay, double AverageFraction, double StatisticsFraction, bool CoupledDecay = false)
{
    /// <summary>The factors of step <paramref name="step"/>, counted from 0, with Adam's bias corrections.</summary>
    public StepNumbers At(int step) => new(
        (float)(LearningRate / (1 - Math.Pow(0.9, step + 1))),
        (float)(1 / Math.Sqrt(1 - Math.Pow(0.999, step + 1))),
        (float)(CoupledDecay ? 0 : LearningRate * WeightDecay),
        (float)(CoupledDecay ? WeightDecay : 0),
        (float)AverageFraction);
}
