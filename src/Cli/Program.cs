using System.CommandLine;
using System.CommandLine.Parsing;
using BrainTumorDicom.Dicom;
using Spectre.Console;

namespace BrainTumorDicom.Cli;

/// <summary>The command line: one verb a file, exit codes 0 done, 1 failed, 2 wrong usage.</summary>
internal static class Program
{
    private static readonly Func<Command>[] Verbs =
    [
        ClassifyVerb.Create,
        DemoVerb.Create,
        DumpVerb.Create,
        EchoVerb.Create,
        FindVerb.Create,
        SendVerb.Create,
        ServeVerb.Create,
        PhantomVerb.Create,
        TrainVerb.Create,
        EvaluateVerb.Create,
        InspectVerb.Create,
        CompareVerb.Create,
        TuneVerb.Create,
        DeliveriesVerb.Create,
        ExportVerb.Create,
        PromoteVerb.Create,
        RollbackVerb.Create,
        ReportVerb.Create,
    ];

    private static async Task<int> Main(string[] args)
    {
        var root = new RootCommand("Receives brain MR series by DICOM, classifies them, and returns DICOM SR and FHIR reports. Research use only.");
        foreach (var create in Verbs)
        {
            root.Add(create());
        }

        if (Console.IsOutputRedirected)
        {
            // A file or a pipe gets tables without colours.
            AnsiConsole.Profile.Capabilities.Ansi = false;
        }

        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            // What is no verb is reported as a missing one, which does not help who mistyped it.
            var isUnknownVerb = parsed.CommandResult.Command == root && args is [var first, ..] && !first.StartsWith('-');
            await FailAsync(isUnknownVerb ? $"'{args[0]}' is not a verb. Try --help." : $"{parsed.Errors[0].Message} Try --help.").ConfigureAwait(false);
            return 2;
        }

        if (parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(result => result.Tokens).Select(token => token.Value)
            .FirstOrDefault(value => value.StartsWith("--", StringComparison.Ordinal) && !Path.Exists(value)) is { } mistyped)
        {
            // Where any number of paths may stand, the parser takes a mistyped option for one.
            await FailAsync($"'{mistyped}' is no option and no file. Try --help.").ConfigureAwait(false);
            return 2;
        }

        try
        {
            // A service that is told to end finishes what is under way; the default is to cut it off after two seconds.
            var settings = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromMinutes(2) };
            return await parsed.InvokeAsync(settings).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return 1;
        }
#pragma warning disable CA1031 // One of the three places that catch broadly: whatever it is, people get one line and exit code 1.
        catch (Exception error)
#pragma warning restore CA1031
        {
            await FailAsync(Describe(error, args)).ConfigureAwait(false);
            return 1;
        }
    }

    private static string Describe(Exception error, string[] args) => error switch
    {
        DicomFormatException when args.Length > 1 => $"{args[0]} {string.Join(' ', args.Skip(1).Where(arg => !arg.StartsWith('-')))}: {error.Message}",
        _ => error.Message,
    };

    private static Task FailAsync(string message) =>
        Console.Error.WriteLineAsync($"braintumordicom: {message.ReplaceLineEndings(" ")}");
}
