using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BrainTumorDicom.Training.Reporting;

/// <summary>The folder that a verb leaves its report in: a page, all figures as JSON, and pictures.</summary>
public sealed class ReportFolder
{
    /// <summary>The page.</summary>
    public const string PageFile = "report.html";

    /// <summary>The figures.</summary>
    public const string JsonFile = "report.json";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Makes the folder where it is not there.</summary>
    /// <exception cref="TrainingException">It cannot be made.</exception>
    public ReportFolder(string path)
    {
        Path = path;
        Try(() => Directory.CreateDirectory(path));
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Where the page is.</summary>
    public string PagePath => System.IO.Path.Combine(Path, PageFile);

    /// <summary>Writes page and figures.</summary>
    internal void Write(HtmlReport page, JsonObject figures)
    {
        WriteText(PageFile, page.ToString());
        WriteText(JsonFile, figures.ToJsonString(Indented) + "\n");
    }

    /// <summary>Writes a text file.</summary>
    internal void WriteText(string name, string text) => Try(() => File.WriteAllText(System.IO.Path.Combine(Path, name), text));

    /// <summary>Writes a file.</summary>
    internal void WriteBytes(string name, byte[] bytes) => Try(() => File.WriteAllBytes(System.IO.Path.Combine(Path, name), bytes));

    private void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TrainingException($"The report cannot be written to {Path}: {error.Message.ReplaceLineEndings(" ")} Make room, or give another folder with --out.", error);
        }
    }
}
