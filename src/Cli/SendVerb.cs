using System.CommandLine;
using System.Text.Json;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.UpperLayer;
using Spectre.Console;

namespace BrainTumorDicom.Cli;

/// <summary><c>send AET@HOST:PORT PATH...</c>: C-STORE of files and folders.</summary>
internal static class SendVerb
{
    internal static Command Create()
    {
        var peer = new Argument<DicomAddress>("AET@HOST:PORT") { Description = "The peer.", CustomParser = PeerArgument.Parse };
        var paths = new Argument<string[]>("PATH") { Description = "Files and folders, folders with all below.", Arity = ArgumentArity.OneOrMore };
        var associations = new Option<int>("--associations") { Description = "How many associations at once (1 to 32).", DefaultValueFactory = _ => 1 };
        associations.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var count) && count is < 1 or > 32)
            {
                result.AddError("--associations must be 1 to 32.");
            }
        });
        var calling = new Option<AeTitle>("--aet")
        {
            Description = "Our own AE title.",
            CustomParser = PeerArgument.ParseTitle,
            DefaultValueFactory = _ => PeerArgument.DefaultTitle,
        };
        var json = new Option<bool>("--json") { Description = "One JSON object a file instead of a table." };
        var command = new Command("send", "Sends DICOM files to a peer (C-STORE).") { peer, paths, associations, calling, json };
        var tls = new TlsArguments(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetRequiredValue(peer),
            parsed.GetValue(calling),
            tls.Read(parsed),
            parsed.GetRequiredValue(paths),
            parsed.GetValue(associations),
            parsed.GetValue(json),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        DicomAddress peer, AeTitle calling, TlsClientOptions? tls, string[] paths, int associations, bool asJson, CancellationToken cancellationToken)
    {
        if (paths.FirstOrDefault(path => !File.Exists(path) && !Directory.Exists(path)) is { } missing)
        {
            await Console.Error.WriteLineAsync($"braintumordicom: {missing}: no such file or folder.").ConfigureAwait(false);
            return 1;
        }

        var (items, skipped, others) = Find(paths);
        if (others.Count > 0)
        {
            await Console.Error.WriteLineAsync($"braintumordicom: {string.Join(' ', others)}: not DICOM, nothing was sent.").ConfigureAwait(false);
            return 1;
        }

        if (items.Count == 0)
        {
            await Console.Error.WriteLineAsync($"braintumordicom: {string.Join(' ', paths)}: no DICOM files.").ConfigureAwait(false);
            return 1;
        }

        var counts = new SortedDictionary<string, (int Count, string? Comment)>(StringComparer.Ordinal);
        var gate = new Lock();
        Action advance = () => { };
        var run = new SendRun(peer, calling, tls, associations, (item, outcome, comment) =>
        {
            lock (gate)
            {
                counts[outcome] = (counts.GetValueOrDefault(outcome).Count + 1, counts.GetValueOrDefault(outcome).Comment ?? comment);
                advance();
                if (asJson)
                {
                    WriteJson(item, outcome, comment);
                }
            }
        });
        if (asJson)
        {
            await run.SendAsync(items, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await AnsiConsole.Progress().StartAsync(async context =>
            {
                var progress = context.AddTask($"sending to {peer.ToString().EscapeMarkup()}", maxValue: items.Count);
                advance = () => progress.Increment(1);
                await run.SendAsync(items, cancellationToken).ConfigureAwait(false);
            }).ConfigureAwait(false);
            WriteTable(counts, skipped);
        }

        var failed = items.Count - counts.Where(pair => IsStored(pair.Key)).Sum(pair => pair.Value.Count);
        if (failed > 0)
        {
            var first = counts.First(pair => !IsStored(pair.Key));
            await Console.Error.WriteLineAsync(
                $"braintumordicom: {peer}: {failed} of {items.Count} not stored: {first.Key}{(first.Value.Comment is { } why ? $", {why}" : "")}").ConfigureAwait(false);
            return 1;
        }

        return 0;
    }

    /// <summary>Success, or a warning of B000H to BFFFH: stored with a remark (PS3.4 §B.2.3).</summary>
    private static bool IsStored(string outcome) => outcome == "0000H" || (outcome.StartsWith('B') && outcome.EndsWith('H'));

    /// <summary>What is to be sent; how many files of the folders are something else; which of those named one by one are.</summary>
    private static (List<SendItem> Items, int Skipped, List<string> Others) Find(string[] paths)
    {
        var items = new List<SendItem>();
        var others = new List<string>();
        var skipped = 0;
        foreach (var path in paths)
        {
            IEnumerable<string> files = Directory.Exists(path) ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal) : [path];
            foreach (var file in files)
            {
                // A DICOMDIR names files, it is not an instance to store (PS3.10 §8.6).
                if (Path.GetFileName(file) != "DICOMDIR" && SendItem.Read(file) is { } item)
                {
                    items.Add(item);
                }
                else if (file == path)
                {
                    // Named one by one, it was meant to be sent.
                    others.Add(file);
                }
                else
                {
                    skipped++;
                }
            }
        }

        return (items, skipped, others);
    }

    private static void WriteTable(SortedDictionary<string, (int Count, string? Comment)> counts, int skipped)
    {
        var table = new Table().AddColumn("Status").AddColumn(new TableColumn("Files").RightAligned()).AddColumn("Remark");
        foreach (var (outcome, (count, comment)) in counts)
        {
            table.AddRow(outcome == "0000H" ? "success" : outcome.EscapeMarkup(), $"{count}", (comment ?? "").EscapeMarkup());
        }

        if (skipped > 0)
        {
            table.AddRow("skipped", $"{skipped}", "not DICOM");
        }

        AnsiConsole.Write(table);
    }

    private static void WriteJson(SendItem item, string outcome, string? comment)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("file", item.Path);
            json.WriteString("sopInstanceUid", item.SopInstanceUid);
            json.WriteString("status", outcome);
            json.WriteString("comment", comment);
            json.WriteEndObject();
        }

        Console.Out.WriteLine(System.Text.Encoding.UTF8.GetString(buffer.ToArray()));
    }
}
