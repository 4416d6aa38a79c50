using System.Collections.Immutable;
using BrainTumorDicom.Classification.Findings;

namespace BrainTumorDicom.Training.Inspection;

/// <summary>What the slices of one class look like together.</summary>
/// <param name="Label">The class.</param>
/// <param name="Slices">How many.</param>
/// <param name="Groups">In how many groups.</param>
/// <param name="Weight">Its weight in a loss that gives every class the same part: all slices over classes times its slices.</param>
/// <param name="Mean">[size × size] mean of the converted slices.</param>
/// <param name="Deviation">[size × size] standard deviation at each place.</param>
/// <param name="Histogram">[64] part of the pixels inside the square at each grey, from black to white.</param>
public sealed record ClassPicture(
    TumorClass Label, int Slices, int Groups, double Weight, ImmutableArray<float> Mean, ImmutableArray<float> Deviation, ImmutableArray<double> Histogram);
