namespace BrainTumorDicom.Training.Loop;

/// <summary>The runner of a training whose first epochs show smaller slices: the state is the same for every size, the graph is not.</summary>
/// <param name="start">The state to begin with.</param>
/// <param name="make">Makes the runner of a size.</param>
internal sealed class SizedRunners(TrainerState start, Func<int, TrainerState, StepRunner> make) : IDisposable
{
    private StepRunner? _runner;

    /// <summary>How many steps are done.</summary>
    public int Step => _runner?.Step ?? start.Step;

    /// <summary>The runner for slices of <paramref name="size"/>, which goes on from where the last one stopped.</summary>
    public StepRunner Of(int size)
    {
        if (_runner?.Size != size)
        {
            var state = Snapshot();
            _runner?.Dispose();
            _runner = make(size, state);
        }

        return _runner;
    }

    /// <summary>A copy of the state as it is now.</summary>
    public TrainerState Snapshot() => _runner?.Snapshot() ?? start;

    /// <inheritdoc/>
    public void Dispose() => _runner?.Dispose();
}
