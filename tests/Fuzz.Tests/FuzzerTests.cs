using BrainTumorDicom.Fuzz.Mutation;

namespace BrainTumorDicom.Fuzz.Tests;

/// <summary>The fuzzer finds what it is there to find.</summary>
public sealed class FuzzerTests
{
    private static readonly FuzzOptions Options = new() { Iterations = 20_000 };

    [Fact]
    public void An_exception_that_is_not_allowed_is_found_behind_two_conditions()
    {
        // The first condition is kept as a new behaviour, so the second is reached from there.
        var target = Target(input => input.Length > 3 && input[0] == 0x42 ? input[1] == 0x17 ? throw new InvalidOperationException("deep") : 1 : 0);

        Assert.Contains(new Fuzzer(target, Options).Run(), finding => finding.Problem.Contains("deep", StringComparison.Ordinal));
    }

    [Fact]
    public void An_allocation_that_follows_a_claimed_length_is_found()
    {
        var target = Target(input => input.Length > 3 && input[3] > 200 ? new byte[100 << 20].Length & 1 : 0);

        Assert.Contains(new Fuzzer(target, Options).Run(), finding => finding.Problem.StartsWith("allocated", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_seed_gives_the_same_inputs()
    {
        byte[][] Inputs()
        {
            var inputs = new List<byte[]>();
            _ = new Fuzzer(Target(input => { inputs.Add(input); return input.Length; }), Options with { Iterations = 300 }).Run();
            return [.. inputs];
        }

        Assert.Equal(Inputs(), Inputs());
    }

    [Fact]
    public void Mutators_take_any_input()
    {
        var random = new Random(3);
        IMutator[] mutators = [.. TargetTable.All.SelectMany(target => target.Grammar)];
        for (var i = 0; i < 20_000; i++)
        {
            var input = new byte[random.Next(64)];
            random.NextBytes(input);

            Assert.NotNull(mutators[i % mutators.Length].Mutate(input, random));
            Assert.NotNull(ByteMutator.Mutate(input, input, random));
        }
    }

    private static FuzzTarget Target(Func<byte[], int> run) => new("test", () => [new byte[8]], run) { Allowed = [], FreeBytes = 1 << 20 };
}
