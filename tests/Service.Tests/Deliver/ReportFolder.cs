using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Reports.StructuredReport;
using BrainTumorDicom.Reports;

namespace BrainTumorDicom.Service.Tests.Deliver;

/// <summary>A revision's folder with every kind of object, none with more than its identity.</summary>
internal static class ReportFolder
{
    /// <summary>SOP Instance UID of the object in a file.</summary>
    public static string Uid(string file) => DicomUid.FromName(file).Value;

    /// <summary>Writes <c>1.2.3/1</c> below a folder.</summary>
    public static string Write(string root)
    {
        var folder = Path.Combine(root, "1.2.3", "1");
        foreach (var kind in Enum.GetValues<StructuredReportClass>())
        {
            WriteObject(folder, ReportKinds.StructuredReportFile(kind), StructuredReportWriter.SopClass(kind));
        }

        WriteObject(folder, ReportKinds.File("heatmap"), DicomUid.SecondaryCaptureImageStorage);
        WriteObject(folder, ReportKinds.File("heatmap-2"), DicomUid.SecondaryCaptureImageStorage);
        WriteObject(folder, ReportKinds.EncapsulatedPdfFile, DicomUid.EncapsulatedPDFStorage);
        WriteObject(folder, ReportKinds.KeyObjectsFile, DicomUid.KeyObjectSelectionDocumentStorage);
        WriteObject(folder, ReportKinds.ParametricMapFile, DicomUid.ParametricMapStorage);
        foreach (var file in (string[])[ReportKinds.File("heatmap-1-png"), ReportKinds.DocumentFile, ReportKinds.FhirFile, ReportKinds.Hl7File, ReportKinds.FindingFile])
        {
            File.WriteAllText(Path.Combine(folder, file), file);
        }

        return folder;
    }

    private static void WriteObject(string folder, string file, DicomUid sopClass)
    {
        var dataset = new DicomDataset();
        dataset.Set(DicomTag.SOPClassUID, sopClass.Value);
        dataset.Set(DicomTag.SOPInstanceUID, Uid(file));
        dataset.Set(DicomTag.PatientName, "Test^Report");
        var path = Path.Combine(folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        new DicomFile(dataset, DicomTransferSyntax.ExplicitVrLittleEndian).Write(path);
    }
}
