using System.Collections.Immutable;
using BrainTumorDicom.Classification.Execution;
using BrainTumorDicom.Classification.Model;
using BrainTumorDicom.Training.Comparison;
using BrainTumorDicom.Training.Evaluation;

namespace BrainTumorDicom.Training.Promotion;

/// <summary>Whether a candidate may take the champion's place: accuracy and recall of each class on a frozen set, slice by slice the same.</summary>
/// <param name="Slices">Slices of the set.</param>
/// <param name="Groups">Groups that they belong to.</param>
/// <param name="Collapsed">Whether the candidate answers one class for everything.</param>
/// <param name="Figures">Accuracy, then the recalls of the classes that the set has.</param>
public sealed record PromotionCheck(int Slices, int Groups, bool Collapsed, ImmutableArray<PromotionFigure> Figures)
{
    /// <summary>What the candidate is worse in, by more than chance.</summary>
    public IEnumerable<PromotionFigure> Worse => Figures.Where(figure => figure.IsWorse);

    /// <summary>Whether the candidate may be promoted.</summary>
    public bool Passes => !Collapsed && !Worse.Any();

    /// <summary>Measures both.</summary>
    /// <param name="champion">The model in use.</param>
    /// <param name="candidate">The one to take its place.</param>
    /// <param name="folder">Holds the class folders of the frozen set.</param>
    /// <param name="groupsFile">Table of leak groups, or <see langword="null"/> to search for them.</param>
    /// <param name="device">Where the models run.</param>
    /// <param name="progress">Files done, of all.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="TrainingException">The folder cannot be used.</exception>
    public static PromotionCheck Run(
        ModelPackage champion,
        ModelPackage candidate,
        string folder,
        string? groupsFile,
        DeviceChoice device,
        IProgress<(int Done, int Total)>? progress,
        CancellationToken cancellationToken)
    {
        var comparison = ModelComparison.Run([champion, candidate], folder, groupsFile, heldOut: null, device, binary: false, progress, cancellationToken);
        return Of(comparison.Models[0].Evaluation, comparison.Models[1].Evaluation);
    }

    /// <summary>Compares two evaluations of one set.</summary>
    internal static PromotionCheck Of(DetailedEvaluation champion, DetailedEvaluation candidate) => new(
        champion.Count,
        champion.Groups,
        candidate.Collapsed,
        [
            Figure("accuracy", totals => totals.Accuracy, champion, candidate),
            .. champion.Scheme.Labels
                .Select((label, k) => Figure($"recall of {label}", totals => totals.Recall(k), champion, candidate))
                .Where(figure => double.IsFinite(figure.Champion)),
        ]);

    private static PromotionFigure Figure(string name, Func<Totals, double> figure, DetailedEvaluation champion, DetailedEvaluation candidate)
    {
        var (was, would) = (figure(champion.Sums), figure(candidate.Sums));
        return new PromotionFigure(
            name, was, would, GroupBootstrap.Of(would - was, champion.Draws.Zip(candidate.Draws, (one, other) => figure(other) - figure(one))));
    }
}
