using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Reports.Modules;
using BrainTumorDicom.Reports.Source;
using BrainTumorDicom.Reports.StructuredReport;
using BrainTumorDicom.Reports.Text;

namespace BrainTumorDicom.Reports.Documents;

/// <summary>Writes the page as Encapsulated PDF (PS3.3 §A.45.1), of Modality DOC: some archives refuse anything else.</summary>
public static class EncapsulatedDocumentWriter
{
    /// <summary>Writes it.</summary>
    /// <param name="request">What is reported.</param>
    /// <param name="pdf">The page, as <see cref="ReportDocument"/> gives it.</param>
    public static DicomFile Write(ReportRequest request, ReadOnlyMemory<byte> pdf)
    {
        ArgumentNullException.ThrowIfNull(request);
        var finding = request.Finding;
        var source = SourceStudy.Read(request.SourceHeader);
        var uid = ReportIdentity.Instance(finding.StudyInstanceUid, finding.Model, ReportSeries.Document, request.Revision);
        var dataset = ReportModules.Begin(request, source, DicomUid.EncapsulatedPDFStorage, uid);
        ReportModules.WriteSeries(request, ReportSeries.Document, dataset);
        ReportModules.WriteRequestAttributes(source, dataset);
        ReportModules.WriteContentTime(request, source, dataset);

        // SC Equipment (PS3.3 §C.8.6.1): made on a workstation.
        dataset.Set(DicomTag.ConversionType, "WSD");
        dataset.Set(DicomTag.InstanceNumber, request.Revision);
        dataset.SetEmpty(DicomTag.AcquisitionDateTime);

        // The page names the patient (PS3.3 §C.24.2).
        dataset.Set(DicomTag.BurnedInAnnotation, "YES");
        dataset.Set(DicomTag.DocumentTitle, $"{ReportPage.Title} - {SafetyText.Short}");
        dataset.SetEmpty(DicomTag.ConceptNameCodeSequence);
        dataset.Set(DicomTag.VerificationFlag, "UNVERIFIED");
        dataset.Set(DicomTag.MIMETypeOfEncapsulatedDocument, "application/pdf");
        var sources = finding.DecidingSeries is { } series ? SourceImages.Whole(series.Slices.Where(slice => slice.LeftOut is null)) : [];
        if (!sources.IsEmpty)
        {
            dataset.SetSequence(DicomTag.SourceInstanceSequence, [.. sources.Select(Reference)]);
        }

        dataset.Set(DicomTag.EncapsulatedDocumentLength, pdf.Length);
        dataset.SetBytes(DicomTag.EncapsulatedDocument, DicomVr.OB, Padded(pdf));
        return new DicomFile(dataset, DicomTransferSyntax.ExplicitVrLittleEndian);
    }

    // OB has an even length (PS3.5 §7.1.1); Encapsulated Document Length tells readers where the document ends.
    private static ReadOnlyMemory<byte> Padded(ReadOnlyMemory<byte> pdf)
    {
        if (pdf.Length % 2 == 0)
        {
            return pdf;
        }

        var padded = new byte[pdf.Length + 1];
        pdf.CopyTo(padded);
        return padded;
    }

    private static DicomDataset Reference(ImageReference image)
    {
        var item = new DicomDataset();
        item.Set(DicomTag.ReferencedSOPClassUID, image.SopClassUid);
        item.Set(DicomTag.ReferencedSOPInstanceUID, image.SopInstanceUid);
        return item;
    }
}
