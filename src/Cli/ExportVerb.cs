using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using BrainTumorDicom.Service.Export;
using Spectre.Console;

namespace BrainTumorDicom.Cli;

/// <summary><c>export --data DIR --out DIR</c>: received instances as Part 10 files, also while the service runs.</summary>
internal static class ExportVerb
{
    internal static Command Create()
    {
        var data = new Option<string>("--data") { HelpName = "DIR", Required = true, Description = "Data folder of the service, which may be running." };
        var journal = new Option<string?>("--journal") { HelpName = "DIR", Description = "Folder of the journal, where it is not in the data folder." };
        var folder = new Option<string>("--out") { HelpName = "DIR", Required = true, Description = "Folder for study/series/SOPInstanceUID.dcm; a file that is there is left alone." };
        var study = new Option<string?>("--study") { HelpName = "UID", Description = "Only this study." };
        var series = new Option<string?>("--series") { HelpName = "UID", Description = "Only this series." };
        var since = new Option<DateTimeOffset?>("--since") { HelpName = "TIME", Description = "Only what was received then or later, such as 2026-01-31 or 2026-01-31T08:00Z." };
        var fromJournal = new Option<bool>("--from-journal") { Description = "Read the whole journal even where there is a ledger." };
        var verdicts = new Option<bool>("--verdicts") { Description = "Instead: what readers have judged, as class folders that train --also reads. Needs --deidentify." };
        var deidentify = new Option<bool>("--deidentify") { Description = "With --verdicts: by the Basic Application Level Confidentiality Profile (PS3.15), under pseudonyms." };
        var json = new Option<bool>("--json") { Description = "One JSON object an instance instead of a table." };
        var command = new Command("export", "Writes received instances out as DICOM files, as they came.") { data, journal, folder, study, series, since, fromJournal, verdicts, deidentify, json };
        command.Validators.Add(result => CheckVerdicts(result, verdicts, deidentify, study, series, since, fromJournal));
        command.SetAction((parsed, stop) => parsed.GetValue(verdicts)
            ? ExportVerdicts.RunAsync(parsed.GetRequiredValue(data), parsed.GetValue(journal), parsed.GetRequiredValue(folder), parsed.GetValue(json), stop)
            : Task.Run(() => Run(
                new ExportOptions
                {
                    DataFolder = parsed.GetRequiredValue(data),
                    JournalFolder = parsed.GetValue(journal),
                    OutputFolder = parsed.GetRequiredValue(folder),
                    StudyInstanceUid = parsed.GetValue(study),
                    SeriesInstanceUid = parsed.GetValue(series),
                    Since = parsed.GetValue(since),
                    FromJournal = parsed.GetValue(fromJournal),
                },
                parsed.GetValue(json),
                stop),
            stop));
        return command;
    }

    private static void CheckVerdicts(CommandResult result, Option<bool> verdicts, Option<bool> deidentify, params Option[] others)
    {
        if (result.GetValue(verdicts) != result.GetValue(deidentify))
        {
            result.AddError("--verdicts and --deidentify go together.");
        }

        if (result.GetValue(verdicts) && Array.Exists(others, other => result.GetResult(other) is { Implicit: false }))
        {
            result.AddError("--verdicts takes every study that has one.");
        }
    }

    private static int Run(ExportOptions options, bool asJson, CancellationToken stop)
    {
        var export = new InstanceExport(options);
        var counts = new SortedDictionary<ExportState, int>();
        if (asJson)
        {
            WriteAll(export, counts, WriteJson, stop);
        }
        else
        {
            AnsiConsole.Progress().Start(context =>
            {
                var progress = context.AddTask("exporting", maxValue: 1);
                progress.IsIndeterminate = true;
                WriteAll(
                    export,
                    counts,
                    _ =>
                    {
                        progress.IsIndeterminate = export.Count is null;
                        progress.MaxValue = export.Count ?? progress.MaxValue;
                        progress.Increment(1);
                    },
                    stop);
            });
            WriteTable(counts);
        }

        return counts.GetValueOrDefault(ExportState.Damaged) + counts.GetValueOrDefault(ExportState.Conflict) > 0 ? 1 : 0;
    }

    private static void WriteAll(InstanceExport export, SortedDictionary<ExportState, int> counts, Action<ExportItem> done, CancellationToken stop)
    {
        foreach (var item in export.Run())
        {
            counts[item.State] = counts.GetValueOrDefault(item.State) + 1;
            if (item.Detail.Length > 0)
            {
                Console.Error.WriteLine($"braintumordicom: {string.Join(": ", new[] { item.File, item.Detail }.Where(part => part.Length > 0))}");
            }

            done(item);
            stop.ThrowIfCancellationRequested();
        }
    }

    private static void WriteTable(SortedDictionary<ExportState, int> counts)
    {
        var table = new Table().AddColumn("Instances").AddColumn(new TableColumn("Count").RightAligned());
        foreach (var (state, count) in counts)
        {
            table.AddRow(Name(state), count.ToString(CultureInfo.InvariantCulture));
        }

        AnsiConsole.Write(table);
    }

    private static void WriteJson(ExportItem item)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("state", Name(item.State));
            json.WriteString("sopInstanceUid", item.SopInstanceUid);
            json.WriteString("file", item.File);
            json.WriteString("detail", item.Detail);
            json.WriteEndObject();
        }

        Console.Out.WriteLine(System.Text.Encoding.UTF8.GetString(buffer.ToArray()));
    }

    private static string Name(ExportState state) => state switch
    {
        ExportState.Written => "written",
        ExportState.Present => "present",
        ExportState.Conflict => "conflict",
        _ => "damaged",
    };
}
