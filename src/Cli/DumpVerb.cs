using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using BrainTumorDicom.Dicom.Files;

namespace BrainTumorDicom.Cli;

/// <summary><c>dump FILE</c>: a data set as text, or as DICOM JSON on one line.</summary>
internal static class DumpVerb
{
    internal static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A DICOM file (PS3.10)." };
        file.Validators.Add(result =>
        {
            // Else a misspelt option would be looked for as a file.
            if (result.Tokens is [{ Value: ['-', ..] option }])
            {
                result.AddError($"Unknown option '{option}'; a file of that name is given as './{option}'.");
            }
        });
        var json = new Option<bool>("--json") { Description = "One line of DICOM JSON (PS3.18 F.2) instead of text." };
        var command = new Command("dump", "Prints the data set of a DICOM file.") { file, json };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(file), parsed.GetValue(json)));
        return command;
    }

    private static int Run(string path, bool asJson)
    {
        var file = DicomFile.Read(path);
        using var output = Console.OpenStandardOutput();
        if (asJson)
        {
            using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
            DicomJsonWriter.Write(file.Dataset, json);
            json.Flush();
            output.WriteByte((byte)'\n');
            return 0;
        }

        using var text = new StreamWriter(output) { NewLine = "\n" };
        text.WriteLine($"# {path}: {file.TransferSyntax}");
        DicomTextWriter.Write(file.MetaInformation, text);
        DicomTextWriter.Write(file.Dataset, text);
        return 0;
    }
}
