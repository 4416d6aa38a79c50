using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Training.Data;

namespace BrainTumorDicom.Training.Tests.Data;

internal static class SampleFactory
{
    public static Sample Make(TumorClass label, int group, SampleOrigin origin = SampleOrigin.Main, byte[]? source = null) =>
        new(label, $"{origin}/{label}/{group}", group, origin, source ?? new byte[4], new Half[4]);
}
