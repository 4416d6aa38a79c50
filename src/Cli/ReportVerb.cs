using System.Collections.Immutable;
using System.CommandLine;
using System.Reflection;
using BrainTumorDicom.Classification.Analysis;
using BrainTumorDicom.Classification.Execution;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Classification.Model;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Reports;
using BrainTumorDicom.Reports.Fhir;
using BrainTumorDicom.Reports.Hl7;
using BrainTumorDicom.Reports.Json;
using BrainTumorDicom.Reports.Pictures;
using BrainTumorDicom.Reports.StructuredReport;
using BrainTumorDicom.Reports.Text;

namespace BrainTumorDicom.Cli;

/// <summary><c>report PATH --out DIR</c>: classifies one study and writes what the service would send, without the service.</summary>
internal static class ReportVerb
{
    // Under the name that the service keeps it by.
    private static readonly string DocumentFile = ReportKinds.File(ReportKinds.StructuredReport);

    internal static Command Create()
    {
        var path = new Argument<string>("PATH") { Description = "A DICOM file, or the folder of a series or study." };
        var folder = new Option<string>("--out") { HelpName = "DIR", Required = true, Description = $"Folder for {DocumentFile}, {ReportKinds.FhirFile}, {ReportKinds.Hl7File}, {ReportKinds.FindingFile}, report.pdf and the heat maps, as the service keeps them." };
        var model = new Option<string?>("--model") { HelpName = "DIR", Description = "Folder of the model package. Default: the one that came with the program." };
        var json = new Option<bool>("--json") { Description = "The finding as one line of JSON, and nothing else on stdout." };
        var command = new Command("report", "Classifies a study and writes its DICOM SR, FHIR bundle, HL7 v2 message, heat maps, PDF, key objects and parametric map. Research use only, not for diagnosis.") { path, folder, model, json };
        command.SetAction((parsed, stop) => Task.Run(
            () => Run(parsed.GetRequiredValue(path), parsed.GetRequiredValue(folder), parsed.GetValue(model), parsed.GetValue(json), stop), stop));
        return command;
    }

    private static int Run(string path, string folder, string? model, bool asJson, CancellationToken stop)
    {
        var inputs = OneStudy(path);
        using var classifier = Classifier.Load(ModelPackage.Load(model ?? ModelPackage.FindDefault()), DeviceChoice.Auto, threads: 0);
        var incomplete = inputs.Failed.Count == 0 ? "" : $"{inputs.Failed.Count} files could not be read ({inputs.Failed[0].Reason})";
        var finding = new StudyAnalyzer(classifier, TimeProvider.System).Analyze(
            inputs.Dicom[0].Study, [.. inputs.Dicom.Select(input => input.Source)], incomplete.Length == 0, incomplete, stop);
        var request = new ReportRequest(finding, Header(inputs.Dicom, finding), Revision: 1, TimeProvider.System.GetLocalNow(), Origin());
        var maps = Maps(request, inputs.Dicom);

        // Everything there is, so that one can look at it.
        var files = ReportFiles.Write(request, maps, new ReportOptions { KeyObjects = true, ParametricMap = true });
        var attachments = ReportFiles.Attachments(files, maps);
        Directory.CreateDirectory(folder);
        StructuredReportWriter.Write(request, StructuredReportClass.Comprehensive3D).Write(Path.Combine(folder, DocumentFile));
        File.WriteAllBytes(Path.Combine(folder, ReportKinds.FhirFile), FhirBundleWriter.Write(request, new FhirOptions(), attachments: attachments));
        File.WriteAllBytes(Path.Combine(folder, ReportKinds.Hl7File), Hl7MessageWriter.Write(request, new Hl7Options(), attachments.Pdf));
        File.WriteAllBytes(Path.Combine(folder, ReportKinds.FindingFile), FindingJson.WriteStudy(finding, request.Revision, path));
        foreach (var file in files)
        {
            var target = Path.Combine(folder, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllBytes(target, file.Bytes.Span);
        }

        if (asJson)
        {
            Console.Out.Write(FindingJson.StudyLine(finding, request.Revision, path) + "\n");
        }
        else
        {
            Show(finding, folder, files);
        }

        return finding.Disposition == Disposition.Error ? 1 : 0;
    }

    private static ClassifyInputs OneStudy(string path)
    {
        var inputs = ClassifyInputs.Find([path]);
        var studies = inputs.Dicom.Select(input => input.Study).Distinct(StringComparer.Ordinal).Count();
        return studies switch
        {
            1 => inputs,
            0 => throw new InvalidDataException($"{path} holds no readable DICOM file{(inputs.Failed.Count == 0 ? "" : ": " + inputs.Failed[0].Reason)}."),
            _ => throw new InvalidDataException($"{path} holds {studies} studies; a report is about one. Give the folder of one study."),
        };
    }

    // Of the deciding series where there is one: it is what the report is about.
    private static DicomDataset Header(IReadOnlyList<DicomInput> inputs, Finding finding)
    {
        var series = finding.DecidingSeries?.SeriesInstanceUid;
        var input = inputs.FirstOrDefault(input => input.Series == series) ?? inputs[0];
        return DicomFile.ReadHeader(File.ReadAllBytes(input.Path)).Dataset;
    }

    private static ImmutableArray<HeatMap> Maps(ReportRequest request, IReadOnlyList<DicomInput> inputs)
    {
        var images = KeyImages.Read(request.Finding, uid => inputs.FirstOrDefault(input => input.Instance == uid) is { } input ? DicomFile.Read(input.Path) : null);
        return HeatMapPainter.Draw(request.Finding, images);
    }

    private static ReportOrigin Origin() => new(
        "BRAINTUMORDICOM", "", "command line", typeof(ReportVerb).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0");

    private static void Show(Finding finding, string folder, ImmutableArray<ReportFile> files)
    {
        Console.Out.WriteLine(Narrative.Answer(finding));
        foreach (var series in finding.Series)
        {
            Console.Out.WriteLine($"  {Narrative.OfSeries(series)}");
        }

        foreach (var file in files.Select(file => file.Path).Prepend(ReportKinds.FindingFile).Prepend(ReportKinds.Hl7File).Prepend(ReportKinds.FhirFile).Prepend(DocumentFile))
        {
            Console.Out.WriteLine(Path.Combine(folder, file));
        }

        Console.Out.WriteLine(SafetyText.Opening);
    }
}
