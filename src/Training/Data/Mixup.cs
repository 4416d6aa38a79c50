namespace BrainTumorDicom.Training.Data;

/// <summary>Mixup (Zhang et al., 2018): each slice of a batch becomes a mixture of itself and another, and so does its label.</summary>
/// <param name="alpha">Both parameters of the Beta distribution of the mixture; above 0.</param>
/// <param name="classes">How many classes.</param>
internal sealed class Mixup(double alpha, int classes)
{
    /// <summary>Mixes each slice with the next of the batch; equal streams give equal mixtures.</summary>
    public SliceBatch Mix(SliceBatch batch, ref SeededRandom random)
    {
        var count = batch.Labels.Length;
        var pixels = batch.Inputs.Length / count;
        var mixed = new SliceBatch(new float[batch.Inputs.Length], new long[count], new float[count * classes]);
        for (var i = 0; i < count; i++)
        {
            var other = (i + 1) % count;
            var (a, b) = (Gamma(ref random), Gamma(ref random));
            var own = a + b > 0 ? (float)(a / (a + b)) : 1;
            for (var p = 0; p < pixels; p++)
            {
                mixed.Inputs[(i * pixels) + p] = (own * batch.Inputs[(i * pixels) + p]) + ((1 - own) * batch.Inputs[(other * pixels) + p]);
            }

            mixed.Targets![(i * classes) + batch.Labels[i]] += own;
            mixed.Targets[(i * classes) + batch.Labels[other]] += 1 - own;
            mixed.Labels[i] = own >= 0.5f ? batch.Labels[i] : batch.Labels[other];
        }

        return mixed;
    }

    // Marsaglia and Tsang (2000); below 1 by the power of a uniform number.
    private double Gamma(ref SeededRandom random)
    {
        var shape = alpha < 1 ? alpha + 1 : alpha;
        var d = shape - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var normal = random.NextNormal();
            var v = Math.Pow(1 + (c * normal), 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < (0.5 * normal * normal) + d - (d * v) + (d * Math.Log(v)))
            {
                return alpha < 1 ? d * v * Math.Pow(1 - random.NextDouble(), 1 / alpha) : d * v;
            }
        }
    }
}
