using System.Diagnostics;
using BrainTumorDicom.Fuzz.Mutation;

namespace BrainTumorDicom.Fuzz;

/// <summary>
/// Fuzzes one target. Inputs come from seeds by mutators that know the format and mutators that know only bytes; an input
/// that behaves as none before joins the seeds, so that what is found deep inside is built upon.
/// </summary>
internal sealed class Fuzzer
{
    private const int MostKept = 2048;
    private const int LongestInput = 1 << 18;
    private const int MostFindings = 20;
    private readonly FuzzTarget target;
    private readonly FuzzOptions options;
    private readonly Random random;
    private readonly List<byte[]> corpus;
    private readonly HashSet<int> behaviours = [];
    private readonly HashSet<string> problems = [];

    internal Fuzzer(FuzzTarget target, FuzzOptions options)
    {
        this.target = target;
        this.options = options;
        random = new Random(HashCodeOf(target.Name) ^ options.Seed);
        corpus = [.. Corpus.Seeds(target)];
    }

    /// <summary>Ways of behaving that were seen.</summary>
    internal int Behaviours => behaviours.Count;

    /// <summary>Inputs that were run.</summary>
    internal int Inputs { get; private set; }

    /// <summary>Runs the seeds, then changed inputs to the end of the budget.</summary>
    /// <returns>One finding for each kind of problem.</returns>
    internal IReadOnlyList<FuzzFinding> Run()
    {
        var findings = new List<FuzzFinding>();
        using var watchdog = new Watchdog(options.SaveFolder);
        var started = Stopwatch.GetTimestamp();
        var seeds = corpus.ToArray();
        for (var i = 0; i < seeds.Length + options.Iterations && findings.Count < MostFindings; i++)
        {
            if (options.Time is { } time && Stopwatch.GetElapsedTime(started) > time)
            {
                break;
            }

            var input = i < seeds.Length ? seeds[i] : Next();
            watchdog.Begin(input);
            Inputs++;
            if (InputCheck.Run(target, input, out var behaviour) is { } finding)
            {
                if (problems.Add(Kind(finding)))
                {
                    findings.Add(finding);
                }
            }
            else if (behaviours.Add(behaviour) && i >= seeds.Length && corpus.Count < MostKept)
            {
                corpus.Add(input);
            }
        }

        return findings;
    }

    private byte[] Next()
    {
        var input = corpus[random.Next(corpus.Count)];
        for (var changes = 1 + (random.Next(4) * random.Next(2)); changes > 0; changes--)
        {
            var useGrammar = target.Grammar.Count > 0 && random.Next(2) == 0;
            input = useGrammar
                ? target.Grammar[random.Next(target.Grammar.Count)].Mutate(input, random)
                : ByteMutator.Mutate(input, corpus[random.Next(corpus.Count)], random);
        }

        return input.Length <= LongestInput ? input : input[..LongestInput];
    }

    /// <summary>Numbers apart, findings with one text and one place are one.</summary>
    private static string Kind(FuzzFinding finding)
    {
        var place = finding.Detail.Split('\n').FirstOrDefault(line => line.TrimStart().StartsWith("at BrainTumorDicom", StringComparison.Ordinal)) ?? "";
        return string.Concat(finding.Problem.Where(character => !char.IsAsciiHexDigit(character))) + place;
    }

    /// <summary>As string hashes differ from run to run, this one does not.</summary>
    private static int HashCodeOf(string text) => text.Aggregate(17, (hash, character) => unchecked((hash * 31) + character));
}
