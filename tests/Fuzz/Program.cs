using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;

namespace BrainTumorDicom.Fuzz;

/// <summary>The command line: exit code 0 nothing found, 1 something found, 2 wrong usage.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        var iterations = new Option<int>("--iterations") { Description = "Inputs for each target.", DefaultValueFactory = _ => 10_000 };
        var seconds = new Option<double?>("--seconds") { Description = "Longest time for each target; then the number of inputs has no bound." };
        var seed = new Option<int>("--seed") { Description = "The same seed gives the same inputs.", DefaultValueFactory = _ => 1 };
        var target = new Option<string[]>("--target") { Description = "Only this target; may be given several times.", AllowMultipleArgumentsPerToken = true };
        target.AcceptOnlyFromAmong([.. TargetTable.All.Select(one => one.Name)]);
        var save = new Option<string?>("--save") { Description = "Folder for the inputs of findings." };
        var replay = new Option<string?>("--replay") { Description = "Run one file instead, with --target." };
        var root = new RootCommand("Feeds what reads bytes of strangers with bytes that break the rules.") { iterations, seconds, seed, target, save, replay };
        root.SetAction(parsed =>
        {
            var names = parsed.GetValue(target) ?? [];
            var targets = TargetTable.All.Where(one => names.Length == 0 || names.Contains(one.Name)).ToArray();
            if (parsed.GetValue(replay) is { } file)
            {
                return Replay(targets, file);
            }

            var time = parsed.GetValue(seconds);
            var options = new FuzzOptions
            {
                Iterations = time is null ? parsed.GetValue(iterations) : int.MaxValue / 2,
                Time = time is { } limit ? TimeSpan.FromSeconds(limit) : null,
                Seed = parsed.GetValue(seed),
                SaveFolder = parsed.GetValue(save),
            };
            return Run(targets, options);
        });
        var result = root.Parse(args);
        return result.Errors.Count > 0 && result.Action is System.CommandLine.Invocation.ParseErrorAction ? Usage(result) : result.Invoke();
    }

    private static int Usage(ParseResult result)
    {
        Console.Error.WriteLine($"{result.Errors[0].Message} Try --help.");
        return 2;
    }

    private static int Run(IReadOnlyList<FuzzTarget> targets, FuzzOptions options)
    {
        if (options.SaveFolder is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        var found = 0;
        foreach (var target in targets)
        {
            var started = TimeProvider.System.GetTimestamp();
            var fuzzer = new Fuzzer(target, options);
            var findings = fuzzer.Run();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{target.Name,-24} {fuzzer.Inputs,8} inputs {fuzzer.Behaviours,6} behaviours {TimeProvider.System.GetElapsedTime(started).TotalSeconds,7:0.0} s {findings.Count,3} findings"));
            foreach (var finding in findings)
            {
                Report(finding, options.SaveFolder);
            }

            found += findings.Count;
        }

        return found == 0 ? 0 : 1;
    }

    private static int Replay(IReadOnlyList<FuzzTarget> targets, string file)
    {
        var input = File.ReadAllBytes(file);
        var found = 0;
        foreach (var target in targets)
        {
            var finding = InputCheck.Run(target, input, out var behaviour);
            Console.WriteLine($"{target.Name,-24} {finding?.Problem ?? $"stands it ({behaviour:X8})"}");
            Console.Write(finding?.Detail is { Length: > 0 } detail ? detail + "\n" : "");
            found += finding is null ? 0 : 1;
        }

        return found == 0 ? 0 : 1;
    }

    private static void Report(FuzzFinding finding, string? folder)
    {
        Console.WriteLine($"  {finding.Problem}");
        if (finding.Detail.Length > 0)
        {
            Console.WriteLine("    " + string.Join("\n    ", finding.Detail.Split('\n').Skip(1).Take(8)));
        }

        if (folder is null)
        {
            var head = Convert.ToHexString(finding.Input.AsSpan(0, Math.Min(finding.Input.Length, 512)));
            Console.WriteLine($"    {finding.Input.Length} bytes: {head}");
            return;
        }

        var name = Path.Combine(folder, $"{finding.Target}-{Convert.ToHexStringLower(SHA256.HashData(finding.Input))[..12]}.bin");
        File.WriteAllBytes(name, finding.Input);
        Console.WriteLine($"    {name}");
    }
}
