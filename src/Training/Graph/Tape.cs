namespace BrainTumorDicom.Training.Graph;

/// <summary>
/// Reverse mode: each operation emits its forward nodes and records how its backward nodes are emitted;
/// <see cref="Backward"/> plays the record from its end.
/// </summary>
internal sealed class Tape(GraphBuilder graph)
{
    private readonly List<Action> _records = [];
    private readonly Dictionary<string, Symbol> _gradients = [];

    public GraphBuilder Graph { get; } = graph;

    /// <summary>The gradient of the loss by <paramref name="value"/>, once <see cref="Backward"/> has run.</summary>
    public Symbol Gradient(Symbol value) => _gradients.TryGetValue(value.Name, out var gradient)
        ? Whole(value, gradient)
        : throw new InvalidOperationException($"no gradient reaches {value.Name}");

    /// <summary>
    /// Records the backward pass of an operation: <paramref name="backward"/> takes the gradient by
    /// <paramref name="output"/> and calls <see cref="Accumulate"/> for the inputs.
    /// </summary>
    /// <returns><paramref name="output"/>.</returns>
    public Symbol Record(Symbol output, Action<Symbol> backward, params Symbol[] inputs)
    {
        output.NeedsGradient = inputs.Any(input => input.NeedsGradient);
        if (output.NeedsGradient)
        {
            _records.Add(() =>
            {
                if (_gradients.TryGetValue(output.Name, out var gradient))
                {
                    backward(Whole(output, gradient));
                }
            });
        }

        return output;
    }

    /// <summary>Records the gradient of the loss itself.</summary>
    public void RecordLoss(Symbol input, Func<Symbol> gradient) => _records.Add(() => Accumulate(input, gradient()));

    /// <summary>
    /// Adds to the gradient by <paramref name="value"/>: a value read twice gets the sum. One that is the same all over the
    /// plane may be given as [N,C,1,1]: adding spreads it for nothing, while Expand is slow.
    /// </summary>
    public void Accumulate(Symbol value, Symbol gradient)
    {
        if (value.NeedsGradient)
        {
            _gradients[value.Name] = _gradients.TryGetValue(value.Name, out var sum) ? Graph.Add(sum, gradient) : gradient;
        }
    }

    private Symbol Whole(Symbol value, Symbol gradient) =>
        gradient.Shape.AsSpan().SequenceEqual(value.Shape) ? gradient : _gradients[value.Name] = Graph.Expand(gradient, value.Shape);

    /// <summary>Emits the backward pass.</summary>
    public void Backward()
    {
        for (var i = _records.Count - 1; i >= 0; i--)
        {
            _records[i]();
        }
    }
}
