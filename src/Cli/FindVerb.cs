using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Encodings.Web;
using System.Text.Json;
using BrainTumorDicom.Dicom;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Dictionary;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Dicom.UpperLayer;
using Spectre.Console;

namespace BrainTumorDicom.Cli;

/// <summary><c>find AET@HOST:PORT</c>: C-FIND in the Study Root model, as a table or as lines of DICOM JSON.</summary>
internal static class FindVerb
{
    private static readonly DicomUid Model = DicomUid.StudyRootQueryRetrieveInformationModelFind;

    internal static Command Create()
    {
        var peer = new Argument<DicomAddress>("AET@HOST:PORT") { Description = "The archive.", CustomParser = PeerArgument.Parse };
        var level = new Option<string>("--level") { Description = "study, series or image.", DefaultValueFactory = _ => "study" };
        level.AcceptOnlyFromAmong("study", "series", "image");
        var study = new Option<string?>("--study") { Description = "Study Instance UID; needed at the levels series and image." };
        var keys = new Option<string[]>("--key")
        {
            Description = "KEYWORD=VALUE to match, or KEYWORD to have it returned; may be repeated.",
            DefaultValueFactory = _ => [],
        };
        keys.Validators.Add(CheckKeys);
        var most = new Option<int>("--most") { Description = "Most answers; the rest is cancelled.", DefaultValueFactory = _ => 1_000 };
        most.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
            {
                result.AddError("--most is at least 1.");
            }
        });
        var json = new Option<bool>("--json") { Description = "One line of DICOM JSON (PS3.18 F.2) an answer." };
        var calling = new Option<AeTitle>("--aet")
        {
            Description = "Our own AE title.",
            CustomParser = PeerArgument.ParseTitle,
            DefaultValueFactory = _ => PeerArgument.DefaultTitle,
        };
        var command = new Command("find", "Asks an archive what it has (C-FIND).") { peer, level, study, keys, most, json, calling };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            Options(parsed.GetRequiredValue(peer), parsed.GetValue(calling)),
            Identifier(parsed.GetValue(level)!, parsed.GetValue(study), parsed.GetValue(keys)!),
            parsed.GetValue(most),
            parsed.GetValue(json),
            cancellationToken));
        return command;
    }

    private static void CheckKeys(OptionResult result)
    {
        foreach (var token in result.Tokens)
        {
            var parts = token.Value.Split('=', 2);
            if (!DicomTag.TryParse(parts[0], out var tag))
            {
                result.AddError($"\"{token.Value}\" is not KEYWORD=VALUE, such as PatientID=123 or 0010,0020=123.");
            }
            else if (parts is [_, { Length: > 0 }] && !DicomDictionary.VrOf(tag).IsText)
            {
                result.AddError($"{tag.Keyword} is {DicomDictionary.VrOf(tag)}: it can be returned, not matched by text.");
            }
        }
    }

    private static DicomClientOptions Options(DicomAddress peer, AeTitle calling) => new()
    {
        Host = peer.Host,
        Port = peer.Port,
        CalledAe = peer.AeTitle,
        CallingAe = calling,
        Contexts = [new PresentationContextProposal(Model.Value, [DicomUid.ExplicitVRLittleEndian.Value, DicomUid.ImplicitVRLittleEndian.Value])],
    };

    private static DicomDataset Identifier(string level, string? study, string[] keys)
    {
        var identifier = new DicomDataset();
        identifier.Set(DicomTag.QueryRetrieveLevel, level.ToUpperInvariant());
        DicomTag[] returned = level switch
        {
            "study" => [DicomTag.PatientID, DicomTag.StudyInstanceUID, DicomTag.StudyDate, DicomTag.StudyDescription, DicomTag.NumberOfStudyRelatedInstances],
            "series" => [DicomTag.SeriesInstanceUID, DicomTag.Modality, DicomTag.SeriesNumber, DicomTag.SeriesDescription, DicomTag.NumberOfSeriesRelatedInstances],
            _ => [DicomTag.SeriesInstanceUID, DicomTag.SOPInstanceUID, DicomTag.SOPClassUID, DicomTag.InstanceNumber],
        };
        foreach (var tag in returned)
        {
            identifier.SetEmpty(tag);
        }

        if (study is not null)
        {
            identifier.Set(DicomTag.StudyInstanceUID, study);
        }

        foreach (var (tag, value) in keys.Select(key => key.Split('=', 2)).Select(parts => (DicomTag.Parse(parts[0]), parts.ElementAtOrDefault(1))))
        {
            if (string.IsNullOrEmpty(value))
            {
                identifier.SetEmpty(tag);
            }
            else
            {
                identifier.Set(tag, value);
            }
        }

        return identifier;
    }

    private static async Task<int> RunAsync(DicomClientOptions options, DicomDataset identifier, int most, bool json, CancellationToken cancellationToken)
    {
        FindResult result;
        try
        {
            var client = await DicomClient.ConnectAsync(options, cancellationToken).ConfigureAwait(false);
            await using (client.ConfigureAwait(false))
            {
                result = await client.FindAsync(Model, identifier, most, cancellationToken).ConfigureAwait(false);
                await client.ReleaseAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is DicomException or IOException)
        {
            await Console.Error.WriteLineAsync($"braintumordicom: {options.CalledAe}@{options.Host}:{options.Port}: {error.Message}").ConfigureAwait(false);
            return 1;
        }

        if (json)
        {
            WriteJson(result.Matches);
        }
        else
        {
            WriteTable(identifier, result.Matches);
        }

        if (result.IsTruncated || !result.Status.IsSuccess)
        {
            var reason = result.IsTruncated ? $"more than {most} answers; --most raises the limit" : $"status {result.Status} {result.ErrorComment}".TrimEnd();
            await Console.Error.WriteLineAsync($"braintumordicom: {options.CalledAe}: {reason}").ConfigureAwait(false);
            return 1;
        }

        return 0;
    }

    private static void WriteJson(IReadOnlyList<DicomDataset> matches)
    {
        using var output = Console.OpenStandardOutput();
        foreach (var match in matches)
        {
            using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            {
                DicomJsonWriter.Write(match, json);
            }

            output.WriteByte((byte)'\n');
        }
    }

    private static void WriteTable(DicomDataset identifier, IReadOnlyList<DicomDataset> matches)
    {
        DicomTag[] columns = [.. identifier.Select(element => element.Tag).Where(tag => tag != DicomTag.QueryRetrieveLevel && tag != DicomTag.SpecificCharacterSet)];
        if (Console.IsOutputRedirected)
        {
            // A UID cut short is of no use to what reads it.
            AnsiConsole.Profile.Width = 1_000;
        }

        var table = new Table();
        foreach (var column in columns)
        {
            table.AddColumn(Markup.Escape(column.Keyword.Length > 0 ? column.Keyword : column.ToString()));
        }

        foreach (var match in matches)
        {
            table.AddRow([.. columns.Select(column => Markup.Escape(string.Join('\\', match.GetStrings(column))))]);
        }

        AnsiConsole.Write(table);
    }
}
