using System.CommandLine;
using System.Globalization;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Service.Hosting;

namespace BrainTumorDicom.Cli;

/// <summary><c>serve</c>: the service in the foreground, until SIGTERM or SIGINT.</summary>
internal static class ServeVerb
{
    private static readonly Option<FileInfo> Config = new("--config") { Description = "Configuration file (JSON). BTD__Section__Key in the environment goes over it, these options over both.", HelpName = "FILE" };

    /// <summary>Options that are one configuration key each.</summary>
    private static readonly (Option<string> Option, string Key)[] Settings =
    [
        (Text("--data", "DIR", "Folder for journal, ledger and reports. Default: data."), "Data:Folder"),
        (Text("--aet", "NAME", "Our AE title. Default: BRAINTUMORDICOM."), "Dicom:AeTitle"),
        (Number("--port", "N", "DICOM port, 0 for any free one. Default: 11112."), "Dicom:Port"),
        (Text("--bind", "ADDR", "Address to listen on for DICOM. Default: 127.0.0.1, this machine only."), "Dicom:BindAddress"),
        (Text("--http", "ADDR:PORT", "Address and port for /health and /api/studies. Default: 127.0.0.1:8080."), "Http:Address"),
        (Text("--model", "DIR", "Folder of the model package. Default: the one that came with the program."), "Model:Folder"),
        (Choice("--device", "Where the network runs. Default: auto.", "auto", "cpu", "cuda"), "Model:Device"),
        (Seconds("--quiet-time", "SECONDS", "How long nothing may come before a study is analysed. Default: 5."), "Receive:QuietTime"),
    ];

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var allow = new Option<string[]>("--allow") { HelpName = "AET@NETWORK", Description = "Take associations of this calling AE title (* is any) from this network, such as PACS1@10.0.0.0/8 or *@10.0.0.5. May be repeated. Default: this machine only." };
        allow.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !CallerRule.TryParse(token.Value, out _)))
            {
                result.AddError($"--allow {token.Value} is not AET@NETWORK, such as PACS1@10.0.0.0/8.");
            }
        });
        var dicom = new Option<string[]>("--dicom-destination") { HelpName = "AET@HOST:PORT", Description = "Send the DICOM SR there by C-STORE. May be repeated." };
        var fhir = new Option<string[]>("--fhir-destination") { HelpName = "URL", Description = "Post the FHIR bundle there. May be repeated." };
        var command = new Command("serve", "Receive studies, classify them and send the reports, until told to end.") { Config };
        foreach (var (option, _) in Settings)
        {
            command.Add(option);
        }

        command.Add(allow);
        command.Add(dicom);
        command.Add(fhir);
        command.SetAction((parsed, stop) => RunAsync(
            new ServiceArguments
            {
                ConfigurationFile = parsed.GetValue(Config)?.FullName,
                Settings = Given(parsed),
                AllowedCallers = parsed.GetValue(allow) ?? [],
                DicomDestinations = parsed.GetValue(dicom) ?? [],
                FhirDestinations = parsed.GetValue(fhir) ?? [],
            },
            stop));
        return command;
    }

    private static async Task<int> RunAsync(ServiceArguments arguments, CancellationToken stop)
    {
        var host = await BrainTumorDicomHost.StartAsync(arguments, stop).ConfigureAwait(false);
        await using (host.ConfigureAwait(false))
        {
            await Console.Out.WriteLineAsync("ready").ConfigureAwait(false);
            await Console.Out.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using (stop.Register(told.SetResult))
            {
                await told.Task.ConfigureAwait(false);
            }

            await host.StopAsync(CancellationToken.None).ConfigureAwait(false);
        }

        return 0;
    }

    private static Dictionary<string, string> Given(ParseResult parsed) => Settings
        .Where(setting => parsed.GetResult(setting.Option) is { Implicit: false })
        .ToDictionary(setting => setting.Key, setting => Value(setting.Option, parsed.GetValue(setting.Option)!));

    private static string Value(Option option, string text) =>
        option.Name == "--quiet-time" ? TimeSpan.FromSeconds(double.Parse(text, CultureInfo.InvariantCulture)).ToString("c") : text;

    private static Option<string> Text(string name, string value, string description) => new(name) { HelpName = value, Description = description };

    private static Option<string> Choice(string name, string description, params string[] values)
    {
        var option = Text(name, string.Join('|', values), description);
        option.AcceptOnlyFromAmong(values);
        return option;
    }

    private static Option<string> Number(string name, string value, string description) =>
        Checked(name, value, description, text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535, "a number from 0 to 65535");

    private static Option<string> Seconds(string name, string value, string description) =>
        Checked(name, value, description, text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0.1 and <= 86400, "a number of seconds from 0.1 to 86400");

    private static Option<string> Checked(string name, string value, string description, Func<string, bool> isValid, string kind)
    {
        var option = Text(name, value, description);
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !isValid(token.Value))
            {
                result.AddError($"{name} {token.Value} is not {kind}.");
            }
        });
        return option;
    }
}
