using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using BrainTumorDicom.Service.DeadLetters;
using Spectre.Console;

namespace BrainTumorDicom.Cli;

/// <summary><c>deliveries --data DIR</c>: what was given up, and its release; also while the service runs.</summary>
internal static class DeliveriesVerb
{
    private const string All = "all";

    internal static Command Create()
    {
        var data = new Option<string>("--data") { HelpName = "DIR", Required = true, Description = "Data folder of the service, which may be running." };
        var state = new Option<string>("--state") { HelpName = "STATE", Description = "failed (what was given up), pending, delivered or all.", DefaultValueFactory = _ => "failed" };
        state.AcceptOnlyFromAmong("failed", "pending", "delivered", All);
        var destination = new Option<string?>("--destination") { HelpName = "NAME", Description = "Only those for this destination." };
        var release = new Option<string?>("--release")
        {
            HelpName = "WHAT",
            Description = "Have what was given up tried anew: the number of a delivery, the name of a destination, or all.",
        };
        var json = new Option<bool>("--json") { Description = "One JSON object a delivery instead of a table." };
        var command = new Command("deliveries", "Lists deliveries that were given up, and releases them.") { data, state, destination, release, json };
        command.SetAction(async (parsed, stop) =>
        {
            var book = new DeliveryBook(parsed.GetRequiredValue(data));
            if (parsed.GetValue(release) is { } what)
            {
                var released = await book.ReleaseAsync(what, TimeProvider.System.GetUtcNow(), stop).ConfigureAwait(false);
                Write(released, parsed.GetValue(json));
                if (released.Count == 0)
                {
                    await Console.Error.WriteLineAsync($"braintumordicom: nothing to release for '{what}': not given up, or the destination has a newer revision").ConfigureAwait(false);
                }

                return released.Count > 0 ? 0 : 1;
            }

            var chosen = parsed.GetRequiredValue(state);
            Write(await book.ListAsync(chosen == All ? null : chosen, parsed.GetValue(destination)).ConfigureAwait(false), parsed.GetValue(json));
            return 0;
        });
        return command;
    }

    private static void Write(IReadOnlyList<DeliveryItem> items, bool asJson)
    {
        if (asJson)
        {
            foreach (var item in items)
            {
                Console.WriteLine(ToJson(item).ToJsonString());
            }

            return;
        }

        var table = new Table().AddColumn("Id").AddColumn("Study").AddColumn("Revision").AddColumn("Object").AddColumn("Destination").AddColumn("State").AddColumn("Attempts").AddColumn("Last error");
        foreach (var item in items)
        {
            table.AddRow(
                item.Id.ToString(CultureInfo.InvariantCulture),
                item.Study,
                item.Revision.ToString(CultureInfo.InvariantCulture),
                item.Kind,
                Markup.Escape(item.Destination),
                item.Commitment is null ? item.State : $"{item.State}, commitment {item.Commitment}",
                item.Attempts.ToString(CultureInfo.InvariantCulture),
                Markup.Escape(item.Error ?? ""));
        }

        AnsiConsole.Write(table);
    }

    private static JsonObject ToJson(DeliveryItem item) => new()
    {
        ["id"] = item.Id,
        ["study"] = item.Study,
        ["revision"] = item.Revision,
        ["kind"] = item.Kind,
        ["destination"] = item.Destination,
        ["state"] = item.State,
        ["commitment"] = item.Commitment,
        ["attempts"] = item.Attempts,
        ["error"] = item.Error,
        ["changed"] = item.Changed,
    };
}
