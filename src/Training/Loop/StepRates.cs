namespace BrainTumorDicom.Training.Loop;

/// <summary>The numbers that change from step to step.</summary>
/// <param name="LearningRate">Learning rate of the step.</param>
/// <param name="WeightDecay">Weight decay: apart from the gradient (AdamW) times the learning rate, as part of it (Adam) as it is.</param>
/// <param name="AverageFraction">How far the averaged parameters move towards the new ones.</param>
/// <param name="StatisticsFraction">How far the running statistics move towards those of the batch.</param>
/// <param name="CoupledDecay">Whether weight decay is part of the gradient.</param>
internal readonly record struct StepRates(double LearningRate, double WeightDecay, double AverageFraction, double StatisticsFraction, bool CoupledDecay = false)
{
    /// <summary>Writes the graph's input <c>rates</c> for step <paramref name="step"/>, counted from 0, with Adam's bias corrections.</summary>
    public void Write(int step, Span<float> rates)
    {
        rates[0] = (float)(LearningRate / (1 - Math.Pow(0.9, step + 1)));
        rates[1] = (float)(1 / Math.Sqrt(1 - Math.Pow(0.999, step + 1)));
        rates[2] = (float)(CoupledDecay ? WeightDecay : LearningRate * WeightDecay);
        rates[3] = (float)AverageFraction;
        rates[4] = (float)StatisticsFraction;
    }
}
