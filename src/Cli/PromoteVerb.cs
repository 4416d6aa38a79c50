using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using BrainTumorDicom.Classification.Execution;
using BrainTumorDicom.Classification.Model;
using BrainTumorDicom.Service.Models;
using BrainTumorDicom.Training.Promotion;

namespace BrainTumorDicom.Cli;

/// <summary><c>promote CANDIDATE</c>: puts a model in place of the one in use, unless it is worse; a running service takes it by itself.</summary>
internal static class PromoteVerb
{
    private static readonly Argument<string> Candidate = new("CANDIDATE") { Description = "Folder of the model package" };
    private static readonly Option<string> Data = new("--data") { HelpName = "DIR", Description = "Data folder of the service, which may be running", DefaultValueFactory = _ => "data" };
    private static readonly Option<string?> Frozen = new("--frozen") { HelpName = "SET", Description = "Folder of class folders on which the candidate must not be worse than the model in use. Default: the set of the last promotion" };
    private static readonly Option<string?> Groups = new("--groups") { HelpName = "FILE", Description = "CSV with the columns class, file, group of that set; without it groups are searched for" };
    private static readonly Option<string?> Force = new("--force") { HelpName = "REASON", Description = "Promote whatever the comparison says, or without one; the reason is kept" };
    private static readonly Option<DeviceChoice> Device = new("--device") { Description = "auto, cpu or cuda" };
    private static readonly Option<bool> Json = new("--json") { Description = "One JSON object" };

    internal static Command Create()
    {
        var command = new Command("promote", "Puts a model in place of the one in use, unless it is worse.") { Candidate, Data, Frozen, Groups, Force, Device, Json };
        command.SetAction((parsed, stop) => Task.Run(() => Run(parsed, stop), stop));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken stop)
    {
        var candidate = ModelPackage.Load(parsed.GetRequiredValue(Candidate));
        using (Classifier.Load(candidate, parsed.GetValue(Device)))
        {
            // A first run on an empty slice: what cannot work is refused here, not by the service.
        }

        var store = new ModelStore(parsed.GetRequiredValue(Data));
        var reason = parsed.GetValue(Force)?.Trim() ?? "";
        var (set, groups) = FrozenSet(parsed, store);
        var check = set.Length == 0 ? null : Check(store, candidate, set, groups, parsed, stop);
        if (reason.Length == 0 && Refusal(check) is { } refusal)
        {
            Write(parsed, check, null, refusal);
            return 1;
        }

        var change = store.Promote(candidate, TimeProvider.System.GetUtcNow(), reason, check is null ? "" : Describe(check), set, groups);
        Write(parsed, check, change, "");
        return 0;
    }

    private static PromotionCheck Check(ModelStore store, ModelPackage candidate, string set, string groups, ParseResult parsed, CancellationToken stop)
    {
        var champion = ModelPackage.Load(store.FindCurrent());
        return Progressing.Run("comparing", progress => PromotionCheck.Run(
            champion, candidate, set, groups.Length > 0 ? groups : null, parsed.GetValue(Device), progress, stop));
    }

    private static (string Set, string Groups) FrozenSet(ParseResult parsed, ModelStore store)
    {
        if (parsed.GetValue(Frozen) is { } given)
        {
            return (Path.GetFullPath(given), parsed.GetValue(Groups) is { } groups ? Path.GetFullPath(groups) : "");
        }

        return store.History.LastOrDefault(change => change.FrozenSet.Length > 0) is { } last && Directory.Exists(last.FrozenSet)
            ? (last.FrozenSet, last.GroupsFile)
            : ("", "");
    }

    private static string? Refusal(PromotionCheck? check) =>
        check is null ? "not promoted: give the set that it is to be measured on with --frozen SET, or why it needs none with --force REASON."
        : check.Collapsed ? "not promoted: the candidate answers one class for everything; it has collapsed."
        : check.Passes ? null
        : $"not promoted: the candidate is worse than the model in use: {string.Join("; ", check.Worse.Select(Describe))}. --force REASON promotes it all the same.";

    private static void Write(ParseResult parsed, PromotionCheck? check, ModelChange? change, string refusal)
    {
        if (parsed.GetValue(Json))
        {
            Console.WriteLine(ToJson(check, change, refusal).ToJsonString());
        }
        else if (check is not null)
        {
            Console.WriteLine($"{check.Slices} slices in {check.Groups} groups; differences with their 95 % intervals, by drawing whole groups:");
            foreach (var figure in check.Figures)
            {
                Console.WriteLine($"  {Describe(figure)}{(figure.IsWorse ? "  WORSE" : "")}");
            }
        }

        if (refusal.Length > 0)
        {
            Console.Error.WriteLine($"braintumordicom: {refusal}");
        }
        else if (!parsed.GetValue(Json))
        {
            Console.WriteLine(change is null
                ? "It is in use already."
                : $"Promoted {change.Name} {change.Version} (package {change.Package[..12]}). A running service takes it for its next study; rollback takes it back.");
        }
    }

    private static JsonObject ToJson(PromotionCheck? check, ModelChange? change, string refusal) => new()
    {
        ["what"] = "promote",
        ["promoted"] = change is not null,
        ["refusal"] = refusal.Length > 0 ? refusal : null,
        ["package"] = change?.Package,
        ["name"] = change?.Name,
        ["version"] = change?.Version,
        ["slices"] = check?.Slices,
        ["groups"] = check?.Groups,
        ["figures"] = check is null ? null : new JsonArray([.. check.Figures.Select(figure => (JsonNode)new JsonObject
        {
            ["name"] = figure.Name,
            ["champion"] = figure.Champion,
            ["candidate"] = figure.Candidate,
            ["difference"] = figure.Difference.Value,
            ["low"] = double.IsFinite(figure.Difference.Low) ? figure.Difference.Low : null,
            ["high"] = double.IsFinite(figure.Difference.High) ? figure.Difference.High : null,
            ["worse"] = figure.IsWorse,
        })]),
    };

    private static string Describe(PromotionCheck check) => string.Join("; ", check.Figures.Select(Describe));

    private static string Describe(PromotionFigure figure) => string.Create(
        CultureInfo.InvariantCulture,
        $"{figure.Name} {figure.Candidate:P2} against {figure.Champion:P2}: {100 * figure.Difference.Value:+0.00;-0.00;0} points ({100 * figure.Difference.Low:+0.0;-0.0;0} to {100 * figure.Difference.High:+0.0;-0.0;0})");
}
