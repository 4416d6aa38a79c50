using System.CommandLine;

namespace BrainTumorDicom.Cli;

/// <summary>The command line: one verb a file, exit codes 0 done, 1 failed, 2 wrong usage.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        var root = new RootCommand("Receives brain MR series by DICOM, classifies them, and returns DICOM SR and FHIR reports. Research use only.");
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            await Console.Error.WriteLineAsync($"braintumordicom: {parsed.Errors[0].Message} Try --help.").ConfigureAwait(false);
            return 2;
        }

        return await parsed.InvokeAsync().ConfigureAwait(false);
    }
}
