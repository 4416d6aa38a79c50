// Allocation of the association target is that of the process, so nothing else may run beside it.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace BrainTumorDicom.Fuzz.Tests;

/// <summary>A few hundred inputs for each target, and every input that something once did not stand.</summary>
public sealed class SmokeTests
{
    public static TheoryData<string> Targets => [.. TargetTable.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Changed_inputs_are_read_or_refused(string name)
    {
        var findings = new Fuzzer(Find(name), new FuzzOptions { Iterations = 500, Seed = 7 }).Run();

        Assert.True(findings.Count == 0, string.Join("\n", findings.Select(finding => $"{finding.Problem}\n{finding.Detail}\n{Convert.ToHexString(finding.Input)}")));
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Inputs_that_once_broke_something_are_read_or_refused(string name)
    {
        foreach (var path in Corpus.Regressions(Find(name)))
        {
            var finding = InputCheck.Run(Find(name), File.ReadAllBytes(path), out _);

            Assert.True(finding is null, $"{Path.GetFileName(path)}: {finding?.Problem}\n{finding?.Detail}");
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void There_are_seeds_and_none_of_them_is_a_finding(string name)
    {
        var seeds = Corpus.Seeds(Find(name)).ToArray();

        Assert.NotEmpty(seeds);
        Assert.All(seeds, seed => Assert.Null(InputCheck.Run(Find(name), seed, out _)));
    }

    private static FuzzTarget Find(string name) => TargetTable.All.Single(target => target.Name == name);
}
