using System.CommandLine;
using BrainTumorDicom.Service.Models;

namespace BrainTumorDicom.Cli;

/// <summary><c>rollback</c>: puts the model back that was in use before the last promotion; a running service takes it by itself.</summary>
internal static class RollbackVerb
{
    internal static Command Create()
    {
        var data = new Option<string>("--data") { HelpName = "DIR", Description = "Data folder of the service, which may be running", DefaultValueFactory = _ => "data" };
        var command = new Command("rollback", "Puts the model back that was in use before the last promotion.") { data };
        command.SetAction(parsed =>
        {
            var change = new ModelStore(parsed.GetRequiredValue(data)).RollBack(TimeProvider.System.GetUtcNow());
            var package = change.Package.Length > 0 ? $"package {change.Package[..12]}" : "the one that came with the program";
            Console.WriteLine($"Back to {change.Name} {change.Version} ({package}). A running service takes it for its next study.");
            return 0;
        });
        return command;
    }
}
