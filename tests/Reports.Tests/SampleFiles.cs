using BrainTumorDicom.Reports;
using BrainTumorDicom.Reports.Documents;
using BrainTumorDicom.Reports.Fhir;
using BrainTumorDicom.Reports.KeyObjects;
using BrainTumorDicom.Reports.Pictures;
using BrainTumorDicom.Reports.StructuredReport;

[assembly: AssemblyFixture(typeof(SampleFiles))]

namespace BrainTumorDicom.Reports;

/// <summary>All samples as files, for the peers to read: in <c>BTD_REPORT_SAMPLES</c> when that is set, where they stay, else in a folder that goes away.</summary>
public sealed class SampleFiles : IDisposable
{
    private readonly bool keep;

    public SampleFiles()
    {
        var folder = Environment.GetEnvironmentVariable("BTD_REPORT_SAMPLES");
        keep = !string.IsNullOrEmpty(folder);
        Folder = keep ? folder! : Directory.CreateTempSubdirectory("btd-reports-").FullName;
        Directory.CreateDirectory(Folder);
        Directory.CreateDirectory(ObjectFolder);
        foreach (var (name, request) in Samples.All)
        {
            foreach (var kind in Enum.GetValues<StructuredReportClass>())
            {
                // The tree is the same in every class, so a few samples are enough for the other two.
                if (kind == StructuredReportClass.Comprehensive3D || name is "glioma" or "abstained" or "refused" or "revision-2" or "multi-frame")
                {
                    StructuredReportWriter.Write(request, kind).Write(Path.Combine(Folder, $"{name}.{kind}.dcm"));
                }
            }

            WriteObjects(name, request);
            File.WriteAllBytes(Path.Combine(Folder, $"{name}.json"), FhirBundleWriter.Write(request, new FhirOptions { WadoRsEndpoint = "https://pacs.example/dicom-web" }));
        }

        var suspicious = Samples.All["glioma"] with { Triage = true };
        File.WriteAllBytes(Path.Combine(Folder, "drawn.json"), FhirBundleWriter.Write(suspicious, new FhirOptions(), attachments: FhirPicturesTests.Drawn));
        var withdrawn = Samples.All["notumor"] with { Triage = true, Revision = 2, PredecessorRevision = 1 };
        File.WriteAllBytes(Path.Combine(Folder, "withdrawn.json"), FhirBundleWriter.Write(withdrawn, new FhirOptions()));
    }

    public string Folder { get; }

    public IReadOnlyList<string> Documents => [.. Directory.GetFiles(Folder, "*.dcm").Order(StringComparer.Ordinal)];

    /// <summary>Pictures, documents and key objects, and the plain PDF files.</summary>
    public string ObjectFolder => Path.Combine(Folder, "objects");

    public IReadOnlyList<string> Objects => [.. Directory.GetFiles(ObjectFolder, "*.dcm").Order(StringComparer.Ordinal)];

    public IReadOnlyList<string> Bundles => [.. Directory.GetFiles(Folder, "*.json").Order(StringComparer.Ordinal)];

    // Drawing takes time: a few samples have pictures, all have a page.
    private void WriteObjects(string name, ReportRequest request)
    {
        var maps = name is "glioma" or "multi-frame" or "japanese" ? SourceFiles.HeatMapsOf(request.Finding) : [];
        foreach (var map in maps.Take(name == "glioma" ? maps.Length : 1))
        {
            HeatMapWriter.Write(request, map).Write(Path.Combine(ObjectFolder, $"{name}.heatmap.{map.Number}.dcm"));
        }

        ParametricMapWriter.Write(request, [.. maps.Select(map => map.Image)])?.Write(Path.Combine(ObjectFolder, $"{name}.pm.dcm"));
        var pdf = ReportDocument.Write(request, maps);
        File.WriteAllBytes(Path.Combine(ObjectFolder, $"{name}.pdf"), pdf);
        EncapsulatedDocumentWriter.Write(request, pdf).Write(Path.Combine(ObjectFolder, $"{name}.pdf.dcm"));
        KeyObjectWriter.Write(request)?.Write(Path.Combine(ObjectFolder, $"{name}.ko.dcm"));
    }

    public void Dispose()
    {
        if (!keep)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
